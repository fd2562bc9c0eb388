package org.hikae.fs.shared.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.shared.spi.FreeSpace;

/** Gives the goal if it is free, else the first block that is; and watches that nobody breaks the rules. */
public final class FirstFit implements FreeSpace {

    /** Guarded by this. */
    private final TreeSet<Long> free = new TreeSet<>();
    /** Guarded by this. */
    private long promised;

    public FirstFit(BlockSet blocks) {
        for (BlockRun run : blocks) {
            for (long block = run.first(); block < run.end(); block++) {
                free.add(block);
            }
        }
    }

    @Override
    public synchronized long available() {
        return free.size() - promised;
    }

    @Override
    public synchronized boolean promise(long blocks) {
        if (blocks > available()) {
            return false;
        }
        promised += blocks;
        return true;
    }

    @Override
    public synchronized void giveBack(long blocks) {
        require(blocks <= promised, "more is given back than was promised");
        promised -= blocks;
    }

    @Override
    public synchronized List<BlockRun> take(long goal, long count) {
        require(count >= 1 && count <= promised, count + " are taken, but " + promised + " are promised");
        promised -= count;
        List<BlockRun> runs = new ArrayList<>();
        long next = goal;
        for (long i = 0; i < count; i++) {
            long block = free.remove(next) ? next : free.pollFirst();
            BlockRun last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last != null && last.end() == block) {
                runs.set(runs.size() - 1, new BlockRun(last.first(), last.count() + 1));
            } else {
                runs.add(new BlockRun(block, 1));
            }
            next = block + 1;
        }
        return runs;
    }

    @Override
    public synchronized void free(BlockRun run) {
        for (long block = run.first(); block < run.end(); block++) {
            require(free.add(block), "block " + block + " is free already");
        }
    }

    private static void require(boolean right, String what) {
        if (!right) {
            throw new AssertionError(what);
        }
    }
}
