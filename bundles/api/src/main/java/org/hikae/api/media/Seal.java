package org.hikae.api.media;

import java.time.Instant;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.TrackingPoint;

/**
 * What makes a generation complete.
 *
 * @param set the blocks that the generation answers for (R1)
 * @param stored the part of the set that the generation holds itself, copied or logged; the rest of the set comes from
 *     its parent. What was copied or logged beyond it is left out. All of the set if there is no parent.
 * @param point where change tracking stood at T0 (R12); null if it cannot tell
 * @param instant T0
 * @param pauseNanos how long writers were held at T0, in nanoseconds
 */
public record Seal(BlockSet set, BlockSet stored, TrackingPoint point, Instant instant, long pauseNanos) {

    /** The seal of a generation that holds all that it answers for. */
    public static Seal full(BlockSet set, TrackingPoint point, Instant instant, long pauseNanos) {
        return new Seal(set, set, point, instant, pauseNanos);
    }
}
