package org.hikae.copy;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.media.BlockWriter;

/** A whole device in frame-sized parts, zeros in longer ones. Thread-safe. */
final class DeviceChunks {

    /**
     * A part of the device, in bytes.
     *
     * @param zero true: it reads as zeros
     */
    record Part(long offset, long length, boolean zero) {}

    private final long size;
    /** The longest part of zeros, in bytes. */
    private final long longestZero;
    /** Guarded by this. */
    private long next;

    DeviceChunks(long size, long longestZero) {
        this.size = size;
        this.longestZero = longestZero;
    }

    /** The next part; null if there is none. */
    synchronized Part next(BlockDevice device) throws IOException {
        if (next >= size) {
            return null;
        }
        long offset = next;
        long data = Math.min(size, device.nextData(offset));
        boolean zero = data > offset;
        long longest = zero ? longestZero : BlockWriter.FRAME_BYTES - offset % BlockWriter.FRAME_BYTES;
        long end = zero ? data : size;
        next = end - offset > longest ? offset + longest : end;
        return new Part(offset, next - offset, zero);
    }
}
