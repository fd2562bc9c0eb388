package org.hikae.nbd.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * What a client sends. Short things are read ahead, so that a burst of requests costs one call of the system; long ones
 * go straight to where they are wanted. Not thread-safe.
 */
public final class Input {

    /** As much as pays off: of a long payload, what was read ahead has to be copied. */
    private static final int AHEAD = 16 << 10;

    private final ReadableByteChannel channel;
    /** Ready to be read from. */
    private final ByteBuffer ahead = ByteBuffer.allocateDirect(AHEAD).limit(0);

    public Input(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /**
     * The next bytes, in a buffer that is valid until the next call.
     *
     * @param length at most 16 KiB
     * @return null if the client has ended before the first of them
     * @throws EOFException if it has ended after that
     */
    public ByteBuffer next(int length) throws IOException {
        if (ahead.remaining() < length) {
            ahead.compact();
            while (ahead.position() < length) {
                if (channel.read(ahead) < 0) {
                    boolean nothing = ahead.position() == 0;
                    ahead.flip();
                    if (nothing) {
                        return null;
                    }
                    throw new EOFException("the client ended in the middle of what it said");
                }
            }
            ahead.flip();
        }
        ByteBuffer taken = ahead.slice(ahead.position(), length);
        ahead.position(ahead.position() + length);
        return taken;
    }

    /** As {@link #next}, where the client must not end. */
    public ByteBuffer need(int length) throws IOException {
        ByteBuffer bytes = next(length);
        if (bytes == null) {
            throw new EOFException("the client ended in the middle of what it said");
        }
        return bytes;
    }

    /** Fills the buffer from its position to its limit. */
    public void fill(ByteBuffer dst) throws IOException {
        int length = Math.min(dst.remaining(), ahead.remaining());
        dst.put(dst.position(), ahead, ahead.position(), length).position(dst.position() + length);
        ahead.position(ahead.position() + length);
        while (dst.hasRemaining()) {
            if (channel.read(dst) < 0) {
                throw new EOFException("the client ended in the middle of what it said");
            }
        }
    }

    /** Passes over bytes that nobody wants. */
    public void skip(long length) throws IOException {
        long left = length;
        while (left > 0) {
            int part = (int) Math.min(left, AHEAD);
            need(part);
            left -= part;
        }
    }
}
