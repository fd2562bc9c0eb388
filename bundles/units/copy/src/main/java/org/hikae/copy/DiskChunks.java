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
    /** The rest of the current run that is not cut yet; null: none. Guarded by this, as all below. */
    private BlockRun rest;
    /** Chunks that are cut and not claimed: the next one, and those that a worker could not do. */
    private final ArrayDeque<Chunk> ready = new ArrayDeque<>();
    /** Where the hole or the data ends that was found last, in blocks. */
    private long knownEnd;

    private boolean knownHole;

    DiskChunks(Iterator<BlockRun> wanted, int blockSize) {
        this.wanted = wanted;
        this.blockSize = blockSize;
        this.frameBlocks = BlockWriter.FRAME_BYTES / blockSize;
    }

    /**
     * How many bytes are to be read for the next chunk, 0 of a hole; -1 if there is none.
     *
     * @param device what to ask for holes
     */
    synchronized long price(BlockDevice device) throws IOException {
        Chunk next = peek(device);
        return next == null ? -1 : price(next);
    }

    /**
     * Takes the next chunk; null if there is none, or it takes more bytes to be read than that.
     *
     * @param device what to ask for holes
     */
    synchronized Chunk claim(BlockDevice device, long bytes) throws IOException {
        Chunk next = peek(device);
        return next == null || price(next) > bytes ? null : ready.poll();
    }

    private long price(Chunk chunk) {
        return chunk.hole() ? 0 : chunk.run().count() * blockSize;
    }

    private Chunk peek(BlockDevice device) throws IOException {
        if (ready.isEmpty()) {
            Chunk cut = cut(device);
            if (cut != null) {
                ready.add(cut);
            }
        }
        return ready.peek();
    }

    private Chunk cut(BlockDevice device) throws IOException {
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

    /** Gives back a chunk, or the rest of one, whose node is gone, for another. */
    synchronized void giveBack(Chunk chunk) {
        ready.addFirst(chunk);
    }

    synchronized boolean done() {
        return ready.isEmpty() && rest == null && !wanted.hasNext();
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
