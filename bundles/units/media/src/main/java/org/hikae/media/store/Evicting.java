package org.hikae.media.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.media.Eviction;
import org.hikae.api.media.tier.SecondTier;
import org.hikae.api.media.tier.TierCopy;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.medium.RollCall.Answer;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.read.ObjectLengths;
import org.hikae.media.store.StoredParts.Stored;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what a second tier has proven copies of (c.3). The second tier is asked about every object before the first is deleted,
 * and about each again right before: a copy may be given up meanwhile, but not between that and the deletion. Thread-safe.
 */
final class Evicting {

    private static final Logger LOG = LoggerFactory.getLogger(Evicting.class);

    private final Readings readings;
    private final Lookout lookout;
    /**
     * Hashes of the manifests that were evicted since the start: two that share all that they have would keep it for each other
     * for ever.
     */
    private final Set<String> evicted = ConcurrentHashMap.newKeySet();

    Evicting(Readings readings, Lookout lookout) {
        this.readings = readings;
        this.lookout = lookout;
    }

    Eviction evict(String id) throws IOException {
        try (Reading reading = readings.alone(id, "is being evicted")) {
            Sighting found = reading.newest();
            StoredParts parts = new StoredParts(found.stored(), found.medium(), reading.log(found.manifest()));
            for (UsableMedium medium : media(parts)) {
                medium.checkOwned();
                medium.copies().expectIfRoom();
            }
            List<Stored> near = near(parts);
            if (near.isEmpty()) {
                throw nothing(id, parts.medium());
            }
            checkCopies(id, parts.bulk().stream().filter(Evicting::isApart).toList());
            evicted.add(found.stored().sha256());
            return delete(id, near, sharedNames(found, near));
        }
    }

    /** Those that can be left for a second tier: what was made on a tape leaves the medium of its log alone. */
    private static Set<UsableMedium> media(StoredParts parts) {
        Set<UsableMedium> media = new LinkedHashSet<>(List.of(parts.medium()));
        if (parts.log() != null) {
            media.add(parts.log());
        }
        media.removeIf(each -> !each.copies().areApart());
        return media;
    }

    private static boolean isApart(Stored object) {
        return object.medium().copies().areApart();
    }

    private static IOException nothing(String id, UsableMedium medium) {
        return new IOException(
                medium.copies().areApart()
                        ? "generation " + id + " has no data on its media"
                        : "generation " + id + " cannot be evicted from medium '" + medium.name()
                                + "', which is a tape: what lies there lies there alone");
    }

    /** The data and the log that lie on the media themselves. */
    private static List<Stored> near(StoredParts parts) throws IOException {
        Map<String, Long> own = parts.near();
        Map<String, Long> log = parts.nearLog();
        return parts.bulk().stream()
                .filter(each -> isApart(each)
                        && (each.medium() == parts.medium() ? own : log)
                                .containsKey(each.ref().name()))
                .toList();
    }

    private static void checkCopies(String id, List<Stored> objects) throws IOException {
        List<Stored> lacking = new ArrayList<>();
        for (Stored each : objects) {
            if (!isProven(id, each)) {
                lacking.add(each);
            }
        }
        if (!lacking.isEmpty()) {
            throw new IOException("generation " + id + " cannot be evicted: "
                    + lacking.get(0).ref().name()
                    + (lacking.size() == 1 ? " has" : " and " + (lacking.size() - 1) + " more objects have")
                    + " no copy on tape that was read back and is right; 'tape write " + id + "' makes them");
        }
    }

    private static boolean isProven(String id, Stored object) throws IOException {
        try {
            return object.medium().copies().of(object.ref().name()).stream()
                    .anyMatch(copy -> isProven(copy, object.ref()));
        } catch (IOException e) {
            throw new IOException(
                    "generation " + id + " cannot be evicted, for it is not known whether "
                            + object.ref().name() + " is on tape: " + e.getMessage(),
                    e);
        }
    }

    private static boolean isProven(TierCopy copy, ObjectRef ref) {
        return copy.isProven() && copy.length() == ref.length();
    }

    /** Names of objects that another generation needs too, which was not evicted. */
    private Set<String> sharedNames(Sighting evictee, List<Stored> near) throws IOException {
        Set<String> names = new HashSet<>();
        near.stream()
                .filter(each -> each.medium() == evictee.medium())
                .forEach(each -> names.add(each.ref().name()));
        Set<String> shared = new HashSet<>();
        for (Answer<Shelf.View> answer : lookout.look()) {
            if (answer.isGiven() && answer.medium().id().equals(evictee.medium().id())) {
                for (Sighting other : answer.value().generations().values()) {
                    shared.addAll(sharedNames(evictee, other, names));
                }
            }
        }
        return shared;
    }

    private Set<String> sharedNames(Sighting evictee, Sighting other, Set<String> names) throws IOException {
        if (other.id().equals(evictee.id()) || other.stored() == null) {
            return Set.of();
        }
        Set<String> shared = new HashSet<>();
        other.stored().manifest().objects().forEach(ref -> shared.add(ref.name()));
        shared.retainAll(names);
        return shared.isEmpty() || isEvicted(other) ? Set.of() : shared;
    }

    private boolean isEvicted(Sighting other) throws IOException {
        List<ObjectRef> objects = other.stored().manifest().objects();
        Map<String, Long> near = ObjectLengths.of(other.medium().near(), objects);
        return evicted.contains(other.stored().sha256())
                || objects.stream().anyMatch(ref -> !near.containsKey(ref.name()));
    }

    private static Eviction delete(String id, List<Stored> near, Set<String> shared) throws IOException {
        long freed = 0;
        for (Stored each : near) {
            if (!shared.contains(each.ref().name())) {
                try (SecondTier.Hold hold = each.medium().copies().hold()) {
                    checkCopies(id, List.of(each));
                    each.medium().near().delete(each.ref().name());
                    // if it was too full for that before
                    each.medium().copies().expect();
                }
                freed += each.bytes();
            }
        }
        LOG.info("{} was evicted: {} bytes were freed", id, freed);
        return new Eviction(id, freed, shared.stream().sorted().toList());
    }
}
