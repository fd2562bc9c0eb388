package org.hikae.nbd.session;

import java.nio.ByteBuffer;
import org.hikae.io.Buffers;
import org.hikae.nbd.protocol.Limits;

/** A buffer of {@link Limits#PIECE} bytes with room for a header before them. Not thread-safe; closed once. */
final class Payload implements AutoCloseable {

    /** So that a header goes out with the data in one piece, and the data begin at a page. */
    private static final int HEAD = Buffers.ALIGNMENT;

    static final int CAPACITY = HEAD + Limits.PIECE;

    private final ByteBuffer buffer;
    private final Runnable giveBack;

    Payload(ByteBuffer buffer, Runnable giveBack) {
        this.buffer = buffer;
        this.giveBack = giveBack;
    }

    /** The first bytes of the data. */
    ByteBuffer data(int length) {
        return buffer.limit(HEAD + length).position(HEAD);
    }

    /** A header, and the data right after it. */
    ByteBuffer message(ByteBuffer header, int length) {
        int start = HEAD - header.remaining();
        buffer.limit(HEAD + length).position(start);
        return buffer.put(header).position(start);
    }

    @Override
    public void close() {
        giveBack.run();
    }
}
