package org.hikae.media.write;

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

    /** The block after the last one of the region that a block is in. */
    long regionEnd(long block) {
        return Math.min(blockCount, (region(block) + 1) * regionBlocks());
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
