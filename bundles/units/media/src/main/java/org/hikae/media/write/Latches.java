package org.hikae.media.write;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The latches that whoever writes to an image holds, one for many regions, and the blocks that the log has in each (R8).
 * Thread-safe.
 */
final class Latches {

    private static final int LATCHES = 64;

    private final Latch[] latches = new Latch[LATCHES];

    Latches() {
        for (int i = 0; i < LATCHES; i++) {
            latches[i] = new Latch();
        }
    }

    /** The latch of a region: its lock is held while the region is looked at or written to. */
    Latch of(long region) {
        return latches[(int) (region % LATCHES)];
    }

    /** A latch; all that it knows is guarded by itself. */
    static final class Latch {

        private final Map<Long, BitSet> listed = new HashMap<>();

        /** Lists blocks of a region, counted within it. */
        void list(long region, int from, int to) {
            listed.computeIfAbsent(region, key -> new BitSet()).set(from, to);
        }

        /** The first block from one on, before another, that is listed or not as asked; {@code to} if none is. */
        int next(long region, int from, int to, boolean isListed) {
            BitSet blocks = listed.get(region);
            if (blocks == null) {
                return isListed ? to : from;
            }
            int next = isListed ? blocks.nextSetBit(from) : blocks.nextClearBit(from);
            return next < 0 ? to : Math.min(next, to);
        }
    }
}
