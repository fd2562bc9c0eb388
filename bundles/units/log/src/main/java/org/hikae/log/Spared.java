package org.hikae.log;

import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.log.spi.LogGathering.NodeRecords;

/**
 * The before-images that nobody took, because their blocks were known to be copied (R7). A block counts when it is
 * overwritten for the first time, unless it is in the log: later writes would have found its image there. Thread-safe.
 */
final class Spared {

    /** Guarded by this. */
    private final BlockSet.Builder blocks = new BlockSet.Builder();

    private long writes;

    /**
     * Counts a write.
     *
     * @param copied those of its blocks that are wanted, and known to be copied
     * @param records what is known to be logged
     */
    void count(List<BlockRun> copied, NodeRecords records) {
        List<BlockRun> fresh = without(copied);
        List<BlockRun> unlogged =
                fresh.stream().flatMap(run -> records.missing(run).stream()).toList();
        if (!unlogged.isEmpty()) {
            add(unlogged);
        }
    }

    private synchronized List<BlockRun> without(List<BlockRun> runs) {
        return runs.stream().flatMap(run -> blocks.missing(run).stream()).toList();
    }

    /** Two nodes may have come at once. */
    private synchronized void add(List<BlockRun> unlogged) {
        if (!without(unlogged).isEmpty()) {
            writes++;
            unlogged.forEach(blocks::add);
        }
    }

    /** The number of writes that would have had to log something. */
    synchronized long writes() {
        return writes;
    }
}
