package org.hikae.node.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Moves bytes between a file and another channel. */
final class Transfer {

    private static final int PIECE = 1 << 18;

    private final long count;
    private final ByteBuffer buffer;

    /** @param count number of bytes */
    Transfer(long count) {
        this.count = count;
        this.buffer = ByteBuffer.allocate((int) Math.min(count, PIECE));
    }

    /** Moves bytes until there are no more, or the target takes none for now; how many. */
    long to(NodeFileChannel file, long at, WritableByteChannel target) throws IOException {
        long done = 0;
        while (done < count) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), count - done));
            if (file.read(buffer, at + done) <= 0) {
                break;
            }
            buffer.flip();
            done += target.write(buffer);
            if (buffer.hasRemaining()) {
                break;
            }
        }
        return done;
    }

    /** Moves bytes until there are no more, or the source has none for now; how many. */
    long from(ReadableByteChannel source, NodeFileChannel file, long at) throws IOException {
        long done = 0;
        while (done < count) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), count - done));
            if (source.read(buffer) <= 0) {
                break;
            }
            buffer.flip();
            done += file.write(buffer, at + done);
        }
        return done;
    }
}
