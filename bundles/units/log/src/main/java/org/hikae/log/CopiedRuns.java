package org.hikae.log;

import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/**
 * The blocks known to be copied (R7). They have gaps where a block is not wanted, or was left out by the copier since the
 * log has it: kept as a bitmap, of which a few bits for each block are the most that there can be. Thread-safe.
 */
final class CopiedRuns {

    /** Guarded by this. */
    private final BlockSet.Builder blocks = new BlockSet.Builder();

    synchronized void add(BlockRun run) {
        blocks.add(run);
    }

    /** The blocks of the run that are not known to be copied, in ascending runs. */
    synchronized List<BlockRun> missing(BlockRun run) {
        return blocks.missing(run);
    }

    /** The blocks of the run that are known to be copied, in ascending runs. */
    List<BlockRun> within(BlockRun run) {
        List<BlockRun> within = new ArrayList<>();
        long next = run.first();
        for (BlockRun gap : missing(run)) {
            if (gap.first() > next) {
                within.add(new BlockRun(next, gap.first() - next));
            }
            next = gap.end();
        }
        if (next < run.end()) {
            within.add(new BlockRun(next, run.end() - next));
        }
        return within;
    }
}
