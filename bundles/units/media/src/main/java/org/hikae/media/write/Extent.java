package org.hikae.media.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockRun;
import org.hikae.api.media.BlockWriter;

/** The disk that is written about: its blocks, and the aligned regions of it that frames are made of. */
record Extent(int blockSize, long blockCount) {

    private int regionBlocks() {
        return BlockWriter.FRAME_BYTES / blockSize;
    }

    long region(long block) {
        return block / regionBlocks();
    }

    /** First block of a region. */
    long firstOf(long region) {
        return region * regionBlocks();
    }

    /** Number of a block within its region. */
    int inRegion(long block) {
        return (int) (block % regionBlocks());
    }

    /** Number of blocks of a region, of which the last one may have fewer. */
    int blocksIn(long region) {
        return (int) (regionEnd(firstOf(region)) - firstOf(region));
    }

    /** Number of regions. */
    long regions() {
        return blockCount == 0 ? 0 : region(blockCount - 1) + 1;
    }

    /** The block after the last one of the region that a block is in. */
    long regionEnd(long block) {
        return Math.min(blockCount, (region(block) + 1) * regionBlocks());
    }

    /** Takes blocks of one region. */
    interface RegionTarget {
        void put(BlockRun run, ByteBuffer data) throws IOException;
    }

    /**
     * Hands over blocks region by region.
     *
     * @param data the blocks of the run; its position is at its limit afterwards
     */
    void split(BlockRun run, ByteBuffer data, RegionTarget target) throws IOException {
        long first = run.first();
        while (first < run.end()) {
            long end = Math.min(run.end(), regionEnd(first));
            int bytes = (int) (end - first) * blockSize;
            target.put(new BlockRun(first, end - first), data.duplicate().limit(data.position() + bytes));
            data.position(data.position() + bytes);
            first = end;
        }
    }

    void check(BlockRun run) {
        if (run.end() > blockCount) {
            throw new IndexOutOfBoundsException("blocks " + run + " of a disk of " + blockCount + " blocks");
        }
    }

    void check(BlockRun run, ByteBuffer data) {
        check(run);
        if (data.remaining() > BlockWriter.FRAME_BYTES || data.remaining() != run.count() * blockSize) {
            throw new IllegalArgumentException(data.remaining() + " bytes for blocks " + run);
        }
    }
}
