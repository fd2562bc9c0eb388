package org.hikae.media.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.Manifest;
import org.hikae.media.medium.RollCall.Answer;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.read.Link;
import org.hikae.media.read.ObjectLengths;

/** The objects of generations before they become one, to be counted when that is done. */
final class Leftovers {

    private record Left(UUID medium, String name, long bytes) {}

    /**
     * Bytes of objects that are not needed any more.
     *
     * @param freed of those that are gone
     * @param later of those that are there still, or may be
     */
    record Count(long freed, long later) {}

    private final List<Left> before = new ArrayList<>();

    /**
     * @param range the generations
     * @throws IOException if it cannot be told what lies on the media themselves: the rest takes no space there
     */
    Leftovers(List<Link> range, List<Answer<Shelf.View>> seen) throws IOException {
        Map<String, Manifest> images = new HashMap<>();
        Set<GenerationId> ids = new HashSet<>();
        for (Link link : range) {
            GenerationId id = GenerationId.parse(link.manifest().id()).orElseThrow();
            ids.add(id);
            if (link.manifest().image() != null) {
                images.put(id.image(), link.manifest());
            }
            link.manifest()
                    .all()
                    .forEach(object ->
                            ids.add(GenerationId.ofObject(object.name()).orElseThrow()));
        }
        for (Answer<Shelf.View> answer : seen) {
            for (GenerationId id : answer.isGiven() ? ids : Set.<GenerationId>of()) {
                if (answer.value().folders().containsKey(id)) {
                    add(answer.medium(), id, images);
                }
            }
        }
    }

    private void add(UsableMedium medium, GenerationId id, Map<String, Manifest> images) throws IOException {
        ObjectLengths.list(medium.near(), id + "/").forEach((name, length) -> {
            Manifest image = images.get(name);
            before.add(new Left(
                    medium.id(), name, image == null ? length : image.image().storedBytes()));
        });
    }

    /** @param needed names of the objects that are needed still */
    Count count(List<Answer<Shelf.View>> now, Set<String> needed) {
        Map<UUID, Set<String>> there = new HashMap<>();
        for (Answer<Shelf.View> answer : now) {
            if (answer.isGiven()) {
                Set<String> names = there.computeIfAbsent(answer.medium().id(), key -> new HashSet<>());
                answer.value().folders().values().forEach(folder -> names.addAll(folder.keySet()));
            }
        }
        long freed = 0;
        long later = 0;
        for (Left left : before) {
            Set<String> names = there.get(left.medium);
            if (names != null && !names.contains(left.name)) {
                freed += left.bytes;
            } else if (!needed.contains(left.name)) {
                later += left.bytes;
            }
        }
        return new Count(freed, later);
    }
}
