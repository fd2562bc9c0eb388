package org.hikae.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;
import org.hikae.io.Buffers;

/**
 * Whether a disk holds nothing that anybody could miss: zeros at its beginning and at its end, where every file system and
 * partition table has something, and in samples between. Reading all of a large disk would take hours.
 */
final class Blank {

    private static final int ENDS = 1 << 20;
    private static final int SAMPLE = 1 << 16;
    private static final int SAMPLES = 256;

    private Blank() {}

    static boolean is(BlockDevice device) throws IOException {
        long size = device.size();
        if (device.nextData(0) == size) {
            return true;
        }
        ByteBuffer buffer = Buffers.allocate(ENDS);
        if (!isZero(device, 0, ENDS, buffer) || !isZero(device, size - ENDS, ENDS, buffer)) {
            return false;
        }
        long step = Math.max(SAMPLE, (size / SAMPLES) & -SAMPLE);
        for (long at = step; at < size; at += step) {
            // What lies next after a hole tells more than the hole.
            long data = device.nextData(at);
            if (data >= size) {
                return true;
            }
            if (!isZero(device, data, SAMPLE, buffer)) {
                return false;
            }
            at = Math.max(at, data - data % step);
        }
        return true;
    }

    private static boolean isZero(BlockDevice device, long offset, int length, ByteBuffer buffer) throws IOException {
        long from = Math.max(0, offset);
        int there = (int) Math.min(length, device.size() - from);
        device.read(buffer.clear().limit(there), from);
        buffer.flip();
        while (buffer.remaining() >= Long.BYTES) {
            if (buffer.getLong() != 0) {
                return false;
            }
        }
        while (buffer.hasRemaining()) {
            if (buffer.get() != 0) {
                return false;
            }
        }
        return true;
    }
}
