package org.hikae.media.store;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.job.Reason;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.media.format.GenerationId;
import org.hikae.media.format.ObjectRef;
import org.hikae.media.medium.RollCall;
import org.hikae.media.medium.UsableMedium;
import org.hikae.media.read.StoredManifest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what nobody needs: objects to which no manifest on their medium refers, that no run of this home, the medium's only
 * one, is about to give a manifest, and that no open reader needs (R19). That may be what dead runs have left behind, what a
 * merge has no use for any more, or a generation that was removed.
 *
 * <p>Thread-safe, and beside generations that begin and end. Names are not given twice, so what was listed and belongs to no
 * live run when that is asked afterwards has its manifest by then, as a second look shows, or never gets one. Merges alone
 * make a manifest refer to objects of others: if one has switched during the looks, these are worth nothing. Nor are they while a
 * manifest is being deleted: it may be gone already, and a reader that has seen it about to pin what it refers to. Of a medium that
 * may not show all its manifests, nothing is removed.
 */
final class Garbage {

    private static final Logger LOG = LoggerFactory.getLogger(Garbage.class);

    /** How often it is looked again if a merge has switched meanwhile; then it is left to another time. */
    private static final int LOOKS = 5;

    private final InUse inUse;
    private final RollCall rollCall;
    private final Shelves shelves;
    /** The media that were cleaned since they were opened. */
    private final Set<UsableMedium> clean = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    /** Locks that media are cleaned under: two that clean at once could delete what a run has begun between them. */
    private final Map<UsableMedium, Object> locks = Collections.synchronizedMap(new WeakHashMap<>());
    /** The media with objects that are kept for readers alone, by the hashes of the manifests that these read. */
    private final Map<String, Set<UsableMedium>> waiting = new ConcurrentHashMap<>();

    private volatile boolean closed;

    Garbage(InUse inUse, RollCall rollCall, Shelves shelves) {
        this.inUse = inUse;
        this.rollCall = rollCall;
        this.shelves = shelves;
    }

    /** Cleans a medium the first time that it is asked to. */
    void removeOnce(UsableMedium medium) {
        if (clean.add(medium)) {
            remove(medium);
        }
    }

    /** Cleans a medium. What cannot be removed now is removed another time, and is in nobody's way until then. */
    void remove(UsableMedium medium) {
        clean.add(medium);
        try {
            sweep(medium);
        } catch (IOException e) {
            LOG.warn("what nobody needs could not be removed from medium {}: {}", medium.name(), Reason.of(e));
        }
    }

    /** Cleans a medium. */
    void sweep(UsableMedium medium) throws IOException {
        synchronized (locks.computeIfAbsent(medium, key -> new Object())) {
            medium.checkOwned();
            int removed = 0;
            for (String name : find(medium)) {
                if (!closed) {
                    medium.objects().delete(name);
                    removed++;
                }
            }
            if (removed > 0) {
                LOG.info("{} objects that nobody needs removed from {}", removed, medium.name());
            }
        }
    }

    private Set<String> find(UsableMedium medium) throws IOException {
        for (int look = 0; look < LOOKS; look++) {
            long switches = inUse.switches();
            Set<String> found = unneeded(medium);
            found.removeIf(name ->
                    inUse.isLive(GenerationId.ofObject(name).orElseThrow().toString()));
            if (!found.isEmpty()) {
                found.retainAll(unneeded(medium));
                // Asked after: a folder whose medium was unmounted is empty too, and not the medium.
                medium.checkOwned();
            }
            if (inUse.isQuietSince(switches)) {
                return found;
            }
        }
        return Set.of();
    }

    /** One look at a medium: what no manifest refers to, and no reader needs. */
    private Set<String> unneeded(UsableMedium medium) throws IOException {
        Shelf.View view = shelves.of(medium).look(medium);
        if (!view.complete()) {
            LOG.debug("nothing is removed from {}, of which not all can be seen", medium.name());
            return new HashSet<>();
        }
        Referred referred = new Referred(view.manifests().toList());
        Map<UUID, Map<GenerationId, Optional<Set<String>>>> elsewhere = new HashMap<>();
        Set<String> unneeded = new HashSet<>();
        for (Map.Entry<GenerationId, Map<String, Long>> folder : view.folders().entrySet()) {
            GenerationId id = folder.getKey();
            for (String name : folder.getValue().keySet()) {
                Optional<UUID> other = id.needsManifestOn(name);
                boolean garbage = other.isPresent()
                        ? isUnneeded(id, name, other.get(), elsewhere)
                        : id.needsManifestBeside(name) && referred.isUnneeded(id, name);
                if (garbage) {
                    unneeded.add(name);
                }
            }
        }
        keepForReaders(unneeded, medium);
        return unneeded;
    }

    /** A log whose generation cannot be seen now may be needed. */
    private boolean isUnneeded(
            GenerationId id, String name, UUID other, Map<UUID, Map<GenerationId, Optional<Set<String>>>> known)
            throws IOException {
        Map<GenerationId, Optional<Set<String>>> there = known.computeIfAbsent(other, key -> new HashMap<>());
        Optional<Set<String>> needed = there.get(id);
        if (needed == null) {
            needed = neededBy(id, other);
            there.put(id, needed);
        }
        return needed.isPresent() && !needed.get().contains(name);
    }

    /**
     * What a generation whose manifest is on some medium needs, there and on others.
     *
     * @return empty if that is not known
     */
    private Optional<Set<String>> neededBy(GenerationId id, UUID manifests) throws IOException {
        return rollCall
                .ask(other -> other.id().equals(manifests) ? neededBy(id, other) : Optional.<Set<String>>empty())
                .stream()
                .filter(answer -> answer.isGiven() && answer.value().isPresent())
                .findFirst()
                .flatMap(RollCall.Answer::value);
    }

    private Optional<Set<String>> neededBy(GenerationId id, UsableMedium medium) throws IOException {
        Shelf.View view = shelves.of(medium).look(medium, id);
        List<Sighting> manifests = view.manifests().toList();
        if (manifests.isEmpty()) {
            medium.checkOwned();
        }
        return !view.complete() || manifests.stream().anyMatch(each -> each.stored() == null)
                ? Optional.empty()
                : Optional.of(new Referred(manifests).names());
    }

    private void keepForReaders(Set<String> unneeded, UsableMedium medium) {
        for (StoredManifest pinned : inUse.pinned()) {
            boolean kept = false;
            for (ObjectRef object : pinned.manifest().all()) {
                kept |= unneeded.remove(object.name());
            }
            if (kept) {
                waiting.computeIfAbsent(pinned.sha256(), key -> ConcurrentHashMap.newKeySet())
                        .add(medium);
            }
        }
    }

    /** Nobody reads what that manifest refers to any more: if that was kept for readers alone, it is garbage now. */
    void unpinned(StoredManifest manifest) {
        Set<UsableMedium> media = waiting.remove(manifest.sha256());
        if (media != null) {
            media.forEach(this::remove);
        }
    }

    /** Nothing is deleted any more: another store may have begun, whose live runs this one does not know of. */
    void close() {
        closed = true;
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
