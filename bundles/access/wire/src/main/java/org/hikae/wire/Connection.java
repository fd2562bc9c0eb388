package org.hikae.wire;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A connection between a client and a platform, as frames. One thread reads; any number write. There is no checksum:
 * the bytes never leave the machine's memory.
 */
public final class Connection implements Closeable {
    /** Counts up when the frames change. */
    public static final int VERSION = 2;

    private static final byte[] MAGIC = "HIKAE".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 1 + Integer.BYTES;

    private final ByteChannel channel;
    private final ByteBuffer unread = ByteBuffer.allocate(1 << 16).flip();

    /** Held while a frame is written, so that frames stay whole. */
    private final ReentrantLock writing = new ReentrantLock();

    /** Guarded by writing. */
    private boolean greeted;

    public Connection(ByteChannel channel) {
        this.channel = channel;
    }

    /**
     * Exchanges greetings, before all else: each side sends its own at once, then reads the other's.
     *
     * @throws VersionException if the other side speaks another version
     * @throws ProtocolException if the other side is none of ours
     * @throws EOFException if it has nothing to say
     */
    public void greet() throws IOException {
        writing.lock();
        try {
            write(ByteBuffer.allocate(MAGIC.length + 1)
                    .put(MAGIC)
                    .put((byte) VERSION)
                    .flip());
            greeted = true;
        } finally {
            writing.unlock();
        }
        byte[] theirs = read(MAGIC.length + 1);
        if (!ByteBuffer.wrap(theirs, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw new ProtocolException("no greeting of Hikae");
        }
        if (theirs[MAGIC.length] != VERSION) {
            throw new VersionException(theirs[MAGIC.length]);
        }
    }

    /** The next frame; null if the other side has closed the connection. */
    public Frame read() throws IOException {
        if (!unread.hasRemaining() && !fill()) {
            return null;
        }
        ByteBuffer header = ByteBuffer.wrap(read(HEADER));
        byte code = header.get();
        int length = header.getInt();
        FrameType type =
                FrameType.of(code).orElseThrow(() -> new ProtocolException("a frame of an unknown type " + code));
        if (length < 0 || length > type.limit) {
            throw new ProtocolException("a frame " + type + " of " + length + " bytes");
        }
        return new Frame(type, read(length));
    }

    public void send(FrameType type) throws IOException {
        send(type, ByteBuffer.allocate(0));
    }

    /** Says that the platform is closing. Who has not been greeted yet is not greeted any more, and knows by that. */
    public void refuse() throws IOException {
        writing.lock();
        try {
            if (greeted) {
                send(FrameType.CLOSING);
            } else {
                close();
            }
        } finally {
            writing.unlock();
        }
    }

    public void send(FrameType type, int number) throws IOException {
        send(type, ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
    }

    public void send(FrameType type, byte[] content) throws IOException {
        send(type, ByteBuffer.wrap(content));
    }

    /** Waits while the other side does not read. */
    public void send(FrameType type, ByteBuffer content) throws IOException {
        int length = content.remaining();
        if (length > type.limit) {
            throw new ProtocolException(length + " bytes are too much; " + type.limit + " are the limit");
        }
        ByteBuffer frame = ByteBuffer.allocate(HEADER + length);
        frame.put(type.code).putInt(length).put(content).flip();
        write(frame);
    }

    private void write(ByteBuffer bytes) throws IOException {
        writing.lock();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } finally {
            writing.unlock();
        }
    }

    private byte[] read(int length) throws IOException {
        byte[] bytes = new byte[length];
        int done = 0;
        while (done < length) {
            if (!unread.hasRemaining() && !fill()) {
                throw new EOFException("the connection ended in the middle of a frame");
            }
            int part = Math.min(length - done, unread.remaining());
            unread.get(bytes, done, part);
            done += part;
        }
        return bytes;
    }

    private boolean fill() throws IOException {
        unread.clear();
        int count = channel.read(unread);
        unread.flip();
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
