package org.hikae.node.nio;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** Several buffers in one, so that they are appended in one piece. */
final class Gathered {

    private Gathered() {}

    /** A buffer of all that remains in some buffers, which have nothing remaining then. */
    static ByteBuffer of(ByteBuffer[] buffers, int offset, int length) {
        int total = IntStream.range(offset, offset + length)
                .map(i -> buffers[i].remaining())
                .reduce(0, Math::addExact);
        ByteBuffer all = ByteBuffer.allocate(total);
        for (int i = offset; i < offset + length; i++) {
            all.put(buffers[i]);
        }
        return all.flip();
    }
}
