package org.hikae.copy;

import java.io.IOException;
import java.util.Iterator;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.media.BlockWriter;

/** The wanted blocks of a device in parts of frames, zeros in longer ones. Thread-safe. */
final class DeviceChunks {

    /**
     * A part of the device, in bytes.
     *
     * @param zero true: it reads as zeros
     */
    record Part(long offset, long length, boolean zero) {}

    private final long size;
    private final int blockSize;
    /** The longest part of zeros, in bytes. */
    private final long longestZero;
    /** Guarded by this, as all below. */
    private final Iterator<BlockRun> wanted;
    /** What is left of the current run, in bytes: from here ... */
    private long next;
    /** ... to here. */
    private long runEnd;

    /** @param wanted null: all blocks */
    DeviceChunks(BlockDevice device, BlockSet wanted, long longestZero) {
        this.size = device.size();
        this.blockSize = device.blockSize();
        this.longestZero = longestZero;
        this.wanted = (wanted == null ? BlockSet.range(0, device.blockCount()) : wanted).iterator();
    }

    /** The next part; null if there is none. */
    synchronized Part next(BlockDevice device) throws IOException {
        while (next >= runEnd) {
            if (!wanted.hasNext()) {
                return null;
            }
            begin(wanted.next());
        }
        long offset = next;
        long data = Math.min(runEnd, device.nextData(offset));
        boolean zero = data > offset;
        long longest = zero ? longestZero : BlockWriter.FRAME_BYTES - offset % BlockWriter.FRAME_BYTES;
        long end = zero ? data : runEnd;
        next = end - offset > longest ? offset + longest : end;
        return new Part(offset, next - offset, zero);
    }

    /** The last block of the device may be a short one. */
    private void begin(BlockRun run) {
        next = run.first() * blockSize;
        runEnd = Math.min(size, run.end() * blockSize);
    }
}
