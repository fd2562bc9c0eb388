package org.hikae.backup;

import java.time.Clock;
import java.time.Instant;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.TrackingPoint;

/** The instant of a backup, and the tracking epoch that ends with it: given back unless the generation is sealed. */
final class Epochs implements AutoCloseable {

    private final ChangeTracker tracker;
    private final Clock clock;
    private ChangeTracker.Epoch closed;
    private Instant instant;

    Epochs(ChangeTracker tracker, Clock clock) {
        this.tracker = tracker;
        this.clock = clock;
    }

    /** Makes the instant; again, if the one before came to nothing. */
    void next() {
        close();
        instant = clock.instant();
        closed = tracker.closeEpoch();
    }

    Instant instant() {
        return instant;
    }

    /** The point of the instant; null if tracking could not be brought to work. */
    TrackingPoint point() {
        return closed.point();
    }

    /** What changed up to the instant. */
    Changes changedSince(TrackingPoint from) {
        return closed.changedSince(from);
    }

    /** Why it cannot be told what changed before the instant; null if it can. */
    String problem() {
        return tracker.problem();
    }

    /** @param whole whether the generation is of the whole disk */
    void taken(boolean whole) {
        if (whole) {
            closed.taken();
        } else {
            closed.takenInPart();
        }
        closed = null;
    }

    @Override
    public void close() {
        if (closed != null) {
            closed.giveBack();
            closed = null;
        }
    }
}
