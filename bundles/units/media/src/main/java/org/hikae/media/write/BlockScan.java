package org.hikae.media.write;

import java.nio.ByteBuffer;
import org.hikae.api.media.BlockWriter;
import org.hikae.io.Buffers;

/** Tells blocks of zeros from others, in runs. Not thread-safe. */
final class BlockScan {

    private final int blockSize;
    private final ByteBuffer zeros;
    /** What is scanned. */
    private ByteBuffer data;

    /** The same; its position and limit move. */
    private ByteBuffer block;

    private int base;

    BlockScan(int blockSize) {
        this.blockSize = blockSize;
        this.zeros = Buffers.zeros().limit(blockSize);
    }

    /** Looks at the blocks of a buffer, from its position on, from now on. */
    void begin(ByteBuffer buffer) {
        if (buffer.remaining() > BlockWriter.FRAME_BYTES) {
            throw new IllegalArgumentException(buffer.remaining() + " bytes are more than a frame");
        }
        data = buffer.duplicate().clear();
        block = buffer.duplicate();
        base = buffer.position();
    }

    boolean isZero(int number) {
        int at = base + number * blockSize;
        // Almost every block of data shows in its first bytes that it is one.
        if (data.getLong(at) != 0) {
            return false;
        }
        block.clear().limit(at + blockSize).position(at);
        zeros.position(0);
        return block.mismatch(zeros) < 0;
    }

    /** The first block from {@code from} on, before {@code to}, that is zero or not as asked; {@code to} if none is. */
    int next(int from, int to, boolean zero) {
        int number = from;
        while (number < to && isZero(number) != zero) {
            number++;
        }
        return number;
    }
}
