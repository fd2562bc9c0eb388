package org.hikae.media.store;

import java.io.IOException;
import java.util.HashSet;
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

    /**
     * Finishes merges of which something is left. What cannot be done now is done at another look.
     *
     * @return whether anything was done
     */
    boolean finish(Superseded superseded) {
        if (superseded.gone().isEmpty() || !busy.tryLock()) {
            return false;
        }
        try {
            Set<UsableMedium> changed = new LinkedHashSet<>();
            List<Answer<Shelf.View>> seen = superseded.hide();
            for (Superseded.Gone gone : superseded.gone()) {
                if (finish(gone, seen)) {
                    changed.add(gone.sighting().medium());
                    changed.addAll(mediaOfLog(gone.sighting(), seen));
                }
            }
            changed.forEach(garbage::remove);
            return !changed.isEmpty();
        } finally {
            busy.unlock();
        }
    }

    private boolean finish(Superseded.Gone gone, List<Answer<Shelf.View>> seen) {
        Sighting sighting = gone.sighting();
        Sighting result = gone.result();
        if (inUse.isLive(result.id().toString())) {
            return false;
        }
        try {
            // Asked after: a merge that failed at the last moment has taken it back while it was live.
            if (!isThere(result)) {
                return false;
            }
            sighting.medium().checkOwned();
            if (sighting.id().equals(result.id())) {
                delete(sighting, result);
            } else if (!finishSwallowed(sighting, result, seen)) {
                return false;
            }
            LOG.info("{} on {} is gone: {} has taken its place", sighting.name(), name(sighting), result.name());
            return true;
        } catch (IOException e) {
            String why = Reason.of(e);
            LOG.warn("{} on {} stays for now: {}", sighting.name(), name(sighting), why);
            return false;
        }
    }

    private static boolean isThere(Sighting result) throws IOException {
        return result.medium().objects().list(result.name()).stream()
                .anyMatch(object -> object.name().equals(result.name()));
    }

    private static String name(Sighting sighting) {
        return sighting.medium().name();
    }

    private boolean finishSwallowed(Sighting sighting, Sighting result, List<Answer<Shelf.View>> seen)
            throws IOException {
        if (isNeeded(sighting, result, seen)) {
            return false;
        }
        String id = sighting.id().toString();
        inUse.beginFinish(id);
        try {
            delete(sighting, result);
        } finally {
            inUse.endRemove(id);
        }
        return true;
    }

    /** While the medium of the result, or of this one, was away, something may have been built upon it. */
    private boolean isNeeded(Sighting swallowed, Sighting result, List<Answer<Shelf.View>> seen) throws IOException {
        Set<String> except = new HashSet<>(Set.of(result.id().toString()));
        result.manifest().merge().merged().stream().map(ParentRef::id).forEach(except::add);
        return !children.of(swallowed, seen, except).isEmpty();
    }

    /** Deletes a manifest whose place another one has taken. */
    void delete(Sighting sighting, Sighting result) throws IOException {
        inUse.hasSwitched();
        try {
            sighting.medium().objects().delete(sighting.name());
        } finally {
            shelves.of(sighting.medium()).forget(sighting.name());
            inUse.hasSwitched();
        }
        if (sighting.stored() != null) {
            forgetParent(sighting.manifest().parent(), sighting, result);
        }
    }

    private void forgetParent(ParentRef parent, Sighting of, Sighting result) throws IOException {
        ParentRef now = of.id().equals(result.id()) ? result.manifest().parent() : null;
        if (parent != null && (now == null || !now.id().equals(parent.id()))) {
            children.forget(parent.id(), of.id().toString());
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
