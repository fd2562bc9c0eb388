package org.hikae.block.allocation;

import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.shared.spi.FreeSpace;

/**
 * The free-space table (a.8). A file gets the blocks right after its last one as long as these are free; else the shortest
 * extent that holds all it wants, so that long ones stay long. After a file that grows a window is kept free, the longer the
 * more it has grown.
 *
 * <p>Memory is about 110 bytes for each free extent.
 */
public final class FreeSpaceTable implements FreeSpace {

    /** Blocks; who gets so many at once for the first time is likely to want more. */
    private static final long MANY = 256;
    /** Blocks; a shorter extent is not worth having while windows could be closed for a longer one. */
    private static final long LONG = 256;

    private static final long SMALLEST_WINDOW = 64;
    private static final long LARGEST_WINDOW = 8192;
    /** A window takes at most this part of what is free: on a disk that is nearly full, room matters more. */
    private static final long PART_OF_FREE = 64;

    /** What is free and in no window. Guarded by this, as all below. */
    private final Extents extents = new Extents();

    private final Windows windows = new Windows();
    /** Number of blocks that are not taken, those in windows and promised ones included. */
    private long free;

    private long promised;

    public FreeSpaceTable(BlockSet free) {
        for (BlockRun run : free) {
            extents.add(run);
            this.free += run.count();
        }
    }

    @Override
    public synchronized long available() {
        return free - promised;
    }

    @Override
    public synchronized boolean promise(long blocks) {
        checkNotNegative(blocks);
        if (blocks > available()) {
            return false;
        }
        promised += blocks;
        return true;
    }

    @Override
    public synchronized void giveBack(long blocks) {
        checkNotNegative(blocks);
        checkPromised(blocks);
        promised -= blocks;
    }

    private static void checkNotNegative(long blocks) {
        if (blocks < 0) {
            throw new IllegalArgumentException("not a number of blocks: " + blocks);
        }
    }

    private void checkPromised(long blocks) {
        if (blocks > promised) {
            throw new IllegalArgumentException(blocks + " blocks are more than the " + promised + " that are promised");
        }
    }

    @Override
    public synchronized List<BlockRun> take(long goal, long count) {
        if (count < 1) {
            throw new IllegalArgumentException("not a number of blocks to take: " + count);
        }
        checkPromised(count);
        Taking taking = new Taking(count);
        long grown = goal < 0 ? 0 : takeAt(goal, taking);
        boolean grows = goal >= 0 || count >= MANY;
        while (taking.left() > 0) {
            taking.add(cut(chosen(taking.left(), grows ? window(grown + count) : 0), taking.left()));
        }
        promised -= count;
        free -= count;
        if (grows) {
            openWindow(taking.end(), grown + count);
        }
        return taking.runs();
    }

    /** @return how many blocks the file had got before, as far as that is known */
    private long takeAt(long goal, Taking taking) {
        long grown = windows.close(goal, extents);
        BlockRun there = extents.from(goal);
        if (there != null) {
            taking.add(cut(there, taking.left()));
        }
        return grown;
    }

    /** The first blocks of an extent, which are free no more. */
    private BlockRun cut(BlockRun extent, long atMost) {
        BlockRun part = new BlockRun(extent.first(), Math.min(extent.count(), atMost));
        extents.cut(part);
        return part;
    }

    /** Where so many blocks go, and a window after them if there is room for it; or, in want of such a place, some of them. */
    private BlockRun chosen(long count, long window) {
        BlockRun extent = extents.fitting(count + window);
        if (extent == null) {
            extent = extents.fitting(count);
        }
        if (extent == null) {
            extent = extents.longest();
        }
        while ((extent == null || extent.count() < Math.min(count, LONG)) && !windows.isEmpty()) {
            windows.closeOldest(extents);
            extent = extents.longest();
        }
        return extent;
    }

    private long window(long grown) {
        return Math.min(Math.max(SMALLEST_WINDOW, Math.min(grown, LARGEST_WINDOW)), free / PART_OF_FREE);
    }

    /** A file that has no room after it is known by where it ends, so that it gets room elsewhere. */
    private void openWindow(long end, long grown) {
        windows.close(end, extents); // of a file that once ended here
        if (windows.full()) {
            windows.closeOldest(extents);
        }
        BlockRun there = extents.from(end);
        long blocks = there == null ? 0 : Math.min(there.count(), window(grown));
        if (blocks > 0) {
            extents.cut(new BlockRun(end, blocks));
        }
        windows.open(end, blocks, grown);
    }

    @Override
    public synchronized void free(BlockRun run) {
        if (extents.intersects(run) || windows.intersects(run)) {
            throw new IllegalArgumentException("blocks " + run + " are free already, some of them at least");
        }
        extents.add(run);
        free += run.count();
    }
}
