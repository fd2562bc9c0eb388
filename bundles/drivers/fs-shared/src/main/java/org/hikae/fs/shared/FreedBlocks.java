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
    /** How many blocks these are. Guarded by this. */
    private long count;

    synchronized void add(List<BlockRun> runs) {
        waiting.addAll(runs);
        for (BlockRun run : runs) {
            count += run.count();
        }
    }

    /** Takes all that are waiting: whatever freed them has happened by now, so a commit that begins now covers it. */
    synchronized List<BlockRun> take() {
        List<BlockRun> taken = waiting;
        waiting = new ArrayList<>();
        count = 0;
        return taken;
    }

    synchronized long count() {
        return count;
    }
}
