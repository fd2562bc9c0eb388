package org.hikae.media.store;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.media.format.GenerationId;
import org.hikae.media.medium.UsableMedium;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what runs that are dead have left behind: objects of generations that have no manifest and that nobody in
 * this home, the medium's only one, is writing (R19).
 */
final class Garbage {

    private static final Logger LOG = LoggerFactory.getLogger(Garbage.class);

    private final Supplier<Set<String>> live;

    /** @param live the ids of the generations that are being written or removed */
    Garbage(Supplier<Set<String>> live) {
        this.live = live;
    }

    /**
     * Cleans a medium. No generation is begun meanwhile.
     *
     * @param others all media that can be used
     */
    void remove(UsableMedium medium, List<UsableMedium> others) throws IOException {
        medium.checkOwned();
        Medium objects = medium.objects();
        // Asked before the list is read: a run that seals meanwhile is live here, though its manifest is not listed.
        Set<String> working = live.get();
        List<MediumObject> all = objects.list("");
        Set<String> names = all.stream().map(MediumObject::name).collect(Collectors.toSet());
        Map<UUID, UsableMedium> byId =
                others.stream().collect(Collectors.toMap(UsableMedium::id, other -> other, (one, two) -> one));
        int removed = 0;
        for (String name : names) {
            Optional<GenerationId> id = GenerationId.ofObject(name);
            if (id.isPresent() && isGarbage(name, id.get(), working, names, byId)) {
                objects.delete(name);
                removed++;
            }
        }
        if (removed > 0) {
            LOG.info("{} objects of generations that were never sealed removed from {}", removed, medium.name());
        }
    }

    private static boolean isGarbage(
            String name, GenerationId id, Set<String> working, Set<String> names, Map<UUID, UsableMedium> media)
            throws IOException {
        if (working.contains(id.toString())) {
            return false;
        }
        if (id.needsManifestBeside(name)) {
            return !names.contains(id.manifest());
        }
        Optional<UUID> elsewhere = id.needsManifestOn(name);
        if (elsewhere.isEmpty()) {
            return false;
        }
        // A log whose generation cannot be seen now may be needed.
        UsableMedium other = media.get(elsewhere.get());
        if (other == null) {
            return false;
        }
        boolean absent = other.objects().list(id.manifest()).isEmpty();
        // Asked after: a folder whose medium was unmounted is empty too, and not the medium.
        other.checkOwned();
        return absent;
    }

    /** The highest number of a disk's generations, sealed or not, on a medium. */
    static long highest(Medium medium, String disk) throws IOException {
        long highest = 0;
        for (MediumObject object : medium.list(disk + "@")) {
            Optional<GenerationId> id = GenerationId.ofObject(object.name());
            if (id.isPresent() && id.get().disk().equals(disk)) {
                highest = Math.max(highest, id.get().number());
            }
        }
        return highest;
    }
}
