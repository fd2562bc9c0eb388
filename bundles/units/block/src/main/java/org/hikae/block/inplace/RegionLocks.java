package org.hikae.block.inplace;

import java.util.concurrent.locks.ReentrantLock;
import org.hikae.api.block.BlockRun;

/**
 * Locks for the regions of a disk, of which several share one. Whoever needs several regions takes their locks at once, in
 * one order for all, and then no others.
 */
final class RegionLocks {

    private static final int STRIPES = Long.SIZE;

    private final int blocksPerRegion;
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    RegionLocks(int blocksPerRegion) {
        this.blocksPerRegion = blocksPerRegion;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** Held until it is closed. */
    @FunctionalInterface
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for the regions of all the blocks. */
    Held lock(BlockRun blocks) {
        long mask = mask(blocks);
        for (int i = 0; i < STRIPES; i++) {
            if ((mask & 1L << i) != 0) {
                stripes[i].lock();
            }
        }
        return () -> unlock(mask);
    }

    private void unlock(long mask) {
        for (int i = 0; i < STRIPES; i++) {
            if ((mask & 1L << i) != 0) {
                stripes[i].unlock();
            }
        }
    }

    private long mask(BlockRun blocks) {
        long first = blocks.first() / blocksPerRegion;
        long count = (blocks.end() - 1) / blocksPerRegion - first + 1;
        long mask = count >= STRIPES ? -1 : (1L << count) - 1;
        return Long.rotateLeft(mask, (int) (first % STRIPES));
    }
}
