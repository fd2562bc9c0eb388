package org.hikae.block.tracking;

import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/**
 * The coarse grain of change tracking: regions of 1 MiB, numbered from 0.
 *
 * @param blockSize bytes, a power of two from 512 to 65536
 * @param blockCount blocks of the disk; what is counted by the region never goes beyond
 */
record Grain(int blockSize, long blockCount) {

    static final int REGION_BYTES = 1 << 20;

    static Grain of(int blockSize, long diskBytes) {
        return new Grain(blockSize, diskBytes / blockSize + (diskBytes % blockSize == 0 ? 0 : 1));
    }

    private int perRegion() {
        return REGION_BYTES / blockSize;
    }

    /** The regions that the blocks touch. */
    BlockRun regions(BlockRun blocks) {
        long first = blocks.first() / perRegion();
        return new BlockRun(first, (blocks.end() - 1) / perRegion() - first + 1);
    }

    /** All blocks of the regions, as far as they lie on the disk. */
    BlockSet blocks(BlockRun regions) {
        long first = start(regions.first());
        return BlockSet.range(first, start(regions.end()) - first);
    }

    /** The first block of a region; the disk's end if the region lies beyond it. */
    private long start(long region) {
        return region > blockCount / perRegion() ? blockCount : region * perRegion();
    }

    BlockSet blocks(BlockSet regions) {
        BlockSet.Builder blocks = new BlockSet.Builder();
        regions.forEach(run -> blocks.add(blocks(run)));
        return blocks.build();
    }

    /** Number of regions, counting a short one at the end. */
    long regionCount() {
        return (blockCount - 1) / perRegion() + 1;
    }

    /** As many of the regions from the first on as the disk has. */
    BlockRun cut(BlockRun regions) {
        return new BlockRun(regions.first(), Math.max(1, Math.min(regions.end(), regionCount()) - regions.first()));
    }
}
