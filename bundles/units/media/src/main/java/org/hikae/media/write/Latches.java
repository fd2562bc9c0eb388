package org.hikae.media.write;

import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/**
 * The latches that whoever writes to an image holds, one for many regions, and the blocks that the log has there (R8).
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

        private final BlockSet.Builder listed = new BlockSet.Builder();

        /** From now on the log has these blocks. */
        void list(BlockRun run) {
            listed.add(run);
        }

        /** The blocks that the log does not have, in ascending runs. */
        List<BlockRun> unlisted(BlockRun run) {
            return listed.missing(run);
        }
    }
}
