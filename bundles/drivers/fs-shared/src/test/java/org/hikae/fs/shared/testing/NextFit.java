package org.hikae.fs.shared.testing;

import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.shared.spi.FreeSpace;

/** Gives one block after the other of a disk that was never used before, for tests in which that is not the matter. */
public final class NextFit implements FreeSpace {

    private final BlockRun all;
    /** Guarded by this. */
    private long next;

    public NextFit(BlockSet free) {
        this.all = free.iterator().next();
        this.next = all.first();
    }

    @Override
    public synchronized long available() {
        return all.end() - next;
    }

    @Override
    public boolean promise(long blocks) {
        return true;
    }

    @Override
    public void giveBack(long promised) {}

    @Override
    public synchronized List<BlockRun> take(long goal, long count) {
        BlockRun run = new BlockRun(next, count);
        next += count;
        return List.of(run);
    }

    @Override
    public void free(BlockRun run) {}
}
