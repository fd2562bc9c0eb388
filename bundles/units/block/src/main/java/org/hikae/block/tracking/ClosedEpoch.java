package org.hikae.block.tracking;

import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.TrackingPoint;

/**
 * An epoch that ended.
 *
 * @param point its end; null if tracking does not work
 */
record ClosedEpoch(Tracking tracking, TrackingPoint point) implements ChangeTracker.Epoch {

    @Override
    public Changes changedSince(TrackingPoint from) {
        return point == null
                ? new Changes.Unknown("its changes could not be tracked; see the log")
                : tracking.changes(from, point.epoch());
    }

    @Override
    public void taken() {
        if (point != null) {
            tracking.taken(point);
        }
    }

    @Override
    public void takenInPart() {
        if (point != null) {
            tracking.takenInPart(point);
        }
    }

    @Override
    public void giveBack() {
        if (point != null) {
            tracking.giveBack(point);
        }
    }
}
