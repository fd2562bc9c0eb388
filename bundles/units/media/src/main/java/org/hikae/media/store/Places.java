package org.hikae.media.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.media.DataPlace;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.medium.RollCall;
import org.hikae.media.medium.RollCall.Answer;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.read.ObjectLengths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the data of generations lies: on their media, in a second tier, or both. Thread-safe. */
record Places(RollCall rollCall, Lookout lookout) {

    private static final Logger LOG = LoggerFactory.getLogger(Places.class);

    /**
     * What lies on a medium, and what has copies.
     *
     * @param near names of the objects on the medium itself
     * @param copied lengths of those with copies of which nothing bad is known, by name; null if that is not known
     */
    private record Content(Set<String> near, Map<String, Long> copied) {

        static Content of(UsableMedium medium) throws IOException {
            Set<String> near = medium.copies().areApart()
                    ? ObjectLengths.list(medium.near(), "").keySet()
                    : Set.of();
            try {
                Map<String, Long> copied = new HashMap<>();
                for (MediumObject object : medium.copies().list("")) {
                    if (hasRightCopy(medium, object.name())) {
                        copied.put(object.name(), object.length());
                    }
                }
                return new Content(near, copied);
            } catch (IOException e) {
                LOG.debug("what is on tape of medium {} is not known", medium.name(), e);
                return new Content(near, null);
            }
        }

        boolean hasCopy(ObjectRef ref) {
            Long length = copied == null ? null : copied.get(ref.name());
            return length != null && length == ref.length();
        }
    }

    private static boolean hasRightCopy(UsableMedium medium, String name) throws IOException {
        return medium.copies().of(name).stream().anyMatch(copy -> copy.problem() == null);
    }

    /** Counts bytes. */
    private static final class Count {

        private long bytes;
        private long near;
        private long copied;
        private long lacking;
        private boolean known = true;

        void add(ObjectRef ref, long stored, Content content) {
            bytes += stored;
            boolean isNear = content != null && content.near.contains(ref.name());
            boolean isCopied = content != null && content.hasCopy(ref);
            known &= content != null && content.copied != null;
            near += isNear ? stored : 0;
            copied += isCopied ? stored : 0;
            lacking += isNear || isCopied ? 0 : stored;
        }

        DataPlace place() {
            return new DataPlace(bytes, near, known ? copied : -1, lacking);
        }
    }

    Map<String, DataPlace> all() throws IOException {
        List<Answer<Shelf.View>> seen = lookout.look();
        Map<UUID, Content> contents = new HashMap<>();
        for (Answer<Content> answer : rollCall.ask(Content::of)) {
            if (answer.isGiven()) {
                contents.put(answer.medium().id(), answer.value());
            }
        }
        Map<String, DataPlace> places = new TreeMap<>();
        for (Answer<Shelf.View> answer : seen) {
            if (answer.isGiven()) {
                for (Sighting each : answer.value().generations().values()) {
                    if (each.stored() != null) {
                        places.put(each.id().toString(), place(each, contents));
                    }
                }
            }
        }
        return places;
    }

    private static DataPlace place(Sighting sighting, Map<UUID, Content> contents) {
        Manifest manifest = sighting.stored().manifest();
        Count count = new Count();
        Content own = contents.get(sighting.medium().id());
        for (ObjectRef ref : manifest.objects()) {
            count.add(
                    ref,
                    manifest.image() == null ? ref.length() : manifest.image().storedBytes(),
                    own);
        }
        if (manifest.log() != null) {
            Content log = contents.get(manifest.log().medium().id());
            manifest.log().objects().forEach(ref -> count.add(ref, ref.length(), log));
        }
        return count.place();
    }
}
