package org.hikae.copy;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.media.BlockWriter;

/** A whole device in frame-sized parts, zeros as long as they are. Thread-safe. */
final class DeviceChunks {

    /**
     * A part of the device, in bytes.
     *
     * @param zero true: it reads as zeros
     */
    record Part(long offset, long length, boolean zero) {}

    private final long size;
    /** Guarded by this. */
    private long next;

    DeviceChunks(long size) {
        this.size = size;
    }

    /** The next part; null if there is none. */
    synchronized Part next(BlockDevice device) throws IOException {
        if (next >= size) {
            return null;
        }
        long offset = next;
        long data = Math.min(size, device.nextData(offset));
        boolean zero = data > offset;
        next = zero ? data : Math.min(size, (offset / BlockWriter.FRAME_BYTES + 1) * BlockWriter.FRAME_BYTES);
        return new Part(offset, next - offset, zero);
    }
}
