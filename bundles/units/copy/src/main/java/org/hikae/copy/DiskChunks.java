package org.hikae.copy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.media.BlockWriter;

/**
 * The wanted blocks of a disk, cut into chunks in disk order: holes as long as they are, data at the multiples of a
 * frame. Thread-safe.
 *
 * <p>That a place is a hole is asked when it is its turn, after T0: if a write came first, its before-image is in the
 * log, and the log wins; if it comes later, the hole was what T0 saw.
 */
final class DiskChunks {

    /**
     * A part of the disk.
     *
     * @param hole true: the blocks read as zeros
     */
    record Chunk(BlockRun run, boolean hole) {}

    private final Iterator<BlockRun> wanted;
    private final int blockSize;
    private final long frameBlocks;
    /** The rest of the current run; null: none. Guarded by this, as all below. */
    private BlockRun rest;
    /** Chunks that a worker could not do. */
    private final ArrayDeque<Chunk> returned = new ArrayDeque<>();
    /** Where the hole or the data ends that was found last, in blocks. */
    private long knownEnd;

    private boolean knownHole;

    DiskChunks(Iterator<BlockRun> wanted, int blockSize) {
        this.wanted = wanted;
        this.blockSize = blockSize;
        this.frameBlocks = BlockWriter.FRAME_BYTES / blockSize;
    }

    /**
     * The next chunk; null if there is none.
     *
     * @param device what to ask for holes
     */
    synchronized Chunk next(BlockDevice device) throws IOException {
        if (!returned.isEmpty()) {
            return returned.poll();
        }
        if (rest == null) {
            if (!wanted.hasNext()) {
                return null;
            }
            rest = wanted.next();
        }
        long first = rest.first();
        if (first >= knownEnd) {
            look(device, first);
        }
        long end = Math.min(rest.end(), knownEnd);
        if (!knownHole) {
            end = Math.min(end, (first / frameBlocks + 1) * frameBlocks);
        }
        rest = end < rest.end() ? new BlockRun(end, rest.end() - end) : null;
        return new Chunk(new BlockRun(first, end - first), knownHole);
    }

    /** Gives back a chunk whose worker is gone, for another. */
    synchronized void giveBack(Chunk chunk) {
        returned.add(chunk);
    }

    synchronized boolean done() {
        return returned.isEmpty() && rest == null && !wanted.hasNext();
    }

    /** Finds out whether a hole or data begins at a block, and where it ends; a block in part a hole is data. */
    private void look(BlockDevice device, long block) throws IOException {
        long offset = block * blockSize;
        long data = device.nextData(offset);
        long wholeHoleEnd = data >= device.size() ? device.blockCount() : data / blockSize;
        knownHole = wholeHoleEnd > block;
        if (knownHole) {
            knownEnd = wholeHoleEnd;
        } else {
            long hole = device.nextHole(data);
            knownEnd = Math.max(block + 1, hole / blockSize + (hole % blockSize == 0 ? 0 : 1));
        }
    }
}
