package org.hikae.fs.shared;

import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;

/**
 * Blocks that files had until lately. They are not given to others before what took them off their files is durable: after a
 * crash they would belong to both (R17). Thread-safe.
 */
final class FreedBlocks {

    /** Guarded by this. */
    private List<BlockRun> waiting = new ArrayList<>();
    /** How many blocks these are, and those whose commit is under way. Guarded by this. */
    private long count;

    synchronized void add(List<BlockRun> runs) {
        waiting.addAll(runs);
        for (BlockRun run : runs) {
            count += run.count();
        }
    }

    /**
     * Takes all that are waiting: whatever freed them has happened by now, so a commit that begins now covers it. They are
     * counted until they are {@link #given}: who needs blocks is to wait for them, not to find the disk full.
     */
    synchronized List<BlockRun> take() {
        List<BlockRun> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    /** What was taken has been given to all. */
    synchronized void given(List<BlockRun> runs) {
        for (BlockRun run : runs) {
            count -= run.count();
        }
    }

    /** What was taken still has to wait. */
    synchronized void putBack(List<BlockRun> runs) {
        waiting.addAll(runs);
    }

    synchronized long count() {
        return count;
    }
}
