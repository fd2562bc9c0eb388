package org.hikae.media.store;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import org.hikae.api.job.Reason;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.media.format.GenerationId;
import org.hikae.media.medium.RollCall;
import org.hikae.media.medium.RollCall.Answer;
import org.hikae.media.medium.UsableMedium;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what runs that are dead have left behind: objects of generations that have no manifest and that nobody in
 * this home, the medium's only one, is writing (R19). Thread-safe, and beside generations that begin and end: numbers are
 * not given twice, so what was listed belongs to a generation that is live when it is looked at afterwards, or has its
 * manifest by then, or is garbage.
 */
final class Garbage {

    private static final Logger LOG = LoggerFactory.getLogger(Garbage.class);

    private final InUse inUse;
    private final RollCall rollCall;
    /** The media that were cleaned since they were opened. */
    private final Set<UsableMedium> clean = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    Garbage(InUse inUse, RollCall rollCall) {
        this.inUse = inUse;
        this.rollCall = rollCall;
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
            medium.checkOwned();
            Map<GenerationId, Boolean> dead = new HashMap<>();
            int removed = 0;
            for (MediumObject object : medium.objects().list("")) {
                if (isGarbage(object.name(), medium, dead)) {
                    medium.objects().delete(object.name());
                    removed++;
                }
            }
            if (removed > 0) {
                LOG.info("{} objects of generations that were never sealed removed from {}", removed, medium.name());
            }
        } catch (IOException e) {
            LOG.warn("what was never sealed could not be removed from medium {}: {}", medium.name(), Reason.of(e));
        }
    }

    private boolean isGarbage(String name, UsableMedium medium, Map<GenerationId, Boolean> dead) throws IOException {
        GenerationId id = GenerationId.ofObject(name).orElse(null);
        if (id == null) {
            return false;
        }
        if (id.needsManifestBeside(name)) {
            Boolean known = dead.get(id);
            if (known == null) {
                known = isDead(id, medium);
                dead.put(id, known);
            }
            return known;
        }
        Optional<UUID> elsewhere = id.needsManifestOn(name);
        return elsewhere.isPresent() && isDeadOn(id, elsewhere.get());
    }

    /** In this order: one that is live no more has its manifest, or never will. */
    private boolean isDead(GenerationId id, UsableMedium medium) throws IOException {
        boolean absent = !inUse.isLive(id.toString())
                && medium.objects().list(id.manifest()).isEmpty();
        if (absent) {
            // Asked after: a folder whose medium was unmounted is empty too, and not the medium.
            medium.checkOwned();
        }
        return absent;
    }

    /** A log whose generation cannot be seen now may be needed. */
    private boolean isDeadOn(GenerationId id, UUID medium) throws IOException {
        List<Answer<Boolean>> answers = rollCall.ask(other -> other.id().equals(medium) && isDead(id, other));
        return answers.stream().anyMatch(answer -> answer.isGiven() && answer.value());
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
