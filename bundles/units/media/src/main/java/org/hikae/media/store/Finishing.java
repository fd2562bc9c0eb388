package org.hikae.media.store;

import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.api.job.Reason;
import org.hikae.media.format.Manifest;
import org.hikae.media.format.ParentRef;
import org.hikae.media.medium.RollCall.Answer;
import org.hikae.media.medium.UsableMedium;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is left of a merge when its manifest is there: deletes the manifests whose place that has taken, and then what
 * nothing refers to any more (a.10). Thread-safe.
 */
final class Finishing {

    private static final Logger LOG = LoggerFactory.getLogger(Finishing.class);

    private final Shelves shelves;
    private final InUse inUse;
    private final Children children;
    private final Garbage garbage;
    /** One at a time; who comes meanwhile needs not wait, for what does not count is not shown. */
    private final ReentrantLock busy = new ReentrantLock();

    Finishing(Shelves shelves, InUse inUse, Children children, Garbage garbage) {
        this.shelves = shelves;
        this.inUse = inUse;
        this.children = children;
        this.garbage = garbage;
    }

    /** A look at what there is to finish. */
    interface Look {
        Superseded superseded() throws IOException;
    }

    /**
     * Finishes merges of which something is left. What cannot be done now is done at another look.
     *
     * @param again looks again, when nobody can begin to use any more what is to be deleted
     * @return whether anything was done
     */
    boolean finish(Superseded superseded, Look again) throws IOException {
        if (superseded.gone().isEmpty() || !busy.tryLock()) {
            return false;
        }
        try {
            Set<UsableMedium> changed = finishUnused(superseded, again);
            changed.forEach(garbage::remove);
            return !changed.isEmpty();
        } finally {
            busy.unlock();
        }
    }

    private Set<UsableMedium> finishUnused(Superseded superseded, Look again) throws IOException {
        Set<String> begun = new HashSet<>();
        try {
            for (Superseded.Gone gone : superseded.gone()) {
                if (!gone.isFormer()
                        && canReplace(gone.result())
                        && begin(gone.sighting().id().toString())) {
                    begun.add(gone.sighting().id().toString());
                }
            }
            return finish(begun.isEmpty() ? superseded : again.superseded(), begun);
        } finally {
            begun.forEach(inUse::endRemove);
        }
    }

    private boolean begin(String id) {
        try {
            inUse.beginFinish(id);
            // Who reads it for what builds upon it is not told that it is gone, but looks again.
            inUse.hasSwitched();
            return true;
        } catch (IOException e) {
            LOG.debug("{} stays for now: {}", id, Reason.of(e));
            return false;
        }
    }

    /** @param begun ids of the swallowed ones that nobody can begin to use */
    private Set<UsableMedium> finish(Superseded superseded, Set<String> begun) {
        Set<UsableMedium> changed = new LinkedHashSet<>();
        Set<Sighting> stuck = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Answer<Shelf.View>> seen = superseded.hide();
        for (Superseded.Gone gone : superseded.gone()) {
            boolean mayGo =
                    gone.isFormer() || begun.contains(gone.sighting().id().toString());
            if (!stuck.contains(gone.result()) && mayGo && finish(gone)) {
                changed.add(gone.sighting().medium());
                changed.addAll(mediaOfLog(gone.sighting(), seen));
            } else {
                // What is left builds upon what is to be deleted after it.
                stuck.add(gone.result());
            }
        }
        return changed;
    }

    private boolean finish(Superseded.Gone gone) {
        Sighting sighting = gone.sighting();
        Sighting result = gone.result();
        try {
            // Asked in this order: a merge that failed at the last moment has taken it back while it was live.
            if (!canReplace(result) || !isThere(result)) {
                return false;
            }
            sighting.medium().checkOwned();
            delete(sighting, result);
            LOG.info("{} on {} is gone: {} has taken its place", sighting.name(), name(sighting), result.name());
            return true;
        } catch (IOException e) {
            String why = Reason.of(e);
            LOG.warn("{} on {} stays for now: {}", sighting.name(), name(sighting), why);
            return false;
        }
    }

    /** What a damaged result was made of is all that there is. */
    private boolean canReplace(Sighting result) {
        List<String> wrong = result.wrongObjects();
        if (!wrong.isEmpty()) {
            LOG.warn("what {} was made of stays, for that is damaged: {}", result.name(), String.join("; ", wrong));
        }
        return wrong.isEmpty() && !inUse.isLive(result.id().toString());
    }

    private static boolean isThere(Sighting result) throws IOException {
        return result.medium().objects().list(result.name()).stream()
                .anyMatch(object -> object.name().equals(result.name()));
    }

    private static String name(Sighting sighting) {
        return sighting.medium().name();
    }

    /** Deletes a manifest whose place another one has taken. */
    void delete(Sighting sighting, Sighting result) throws IOException {
        inUse.beginSwitch();
        try {
            sighting.medium().objects().delete(sighting.name());
        } finally {
            shelves.of(sighting.medium()).forget(sighting.name());
            inUse.endSwitch();
        }
        if (sighting.stored() != null) {
            forgetParent(sighting.manifest().parent(), sighting, result);
        }
    }

    private void forgetParent(ParentRef parent, Sighting of, Sighting result) throws IOException {
        ParentRef now = of.id().equals(result.id()) ? result.manifest().parent() : null;
        if (parent != null && (now == null || !now.id().equals(parent.id()))) {
            children.forget(parent.id(), of.id().toString());
        } else if (parent != null) {
            children.note(parent.id(), of.id().toString(), result.asParent().medium());
        }
    }

    private static List<UsableMedium> mediaOfLog(Sighting sighting, List<Answer<Shelf.View>> seen) {
        Manifest.Log log =
                sighting.stored() == null ? null : sighting.stored().manifest().log();
        return log == null
                ? List.of()
                : seen.stream()
                        .filter(answer -> answer.isGiven()
                                && answer.medium().id().equals(log.medium().id()))
                        .map(Answer::medium)
                        .toList();
    }
}
