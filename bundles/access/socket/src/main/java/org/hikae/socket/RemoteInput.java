package org.hikae.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.hikae.wire.Connection;
import org.hikae.wire.FrameType;
import org.hikae.wire.ProtocolException;

/**
 * The client's standard input. The client reads its own only when a command here wants some, so that the rest is left for
 * whoever reads there next. Thread-safe.
 */
final class RemoteInput extends InputStream {
    private static final int MOST = FrameType.INPUT.limit();

    private final Connection connection;

    /** What has come and was not read. Guarded by this, as all fields are. */
    private final Deque<byte[]> chunks = new ArrayDeque<>();

    private int firstRead;
    private int held;
    private boolean wanted;
    private boolean ended;
    private boolean cancelled;

    RemoteInput(Connection connection) {
        this.connection = connection;
    }

    /** Called by the reader of the connection. */
    synchronized void offer(byte[] bytes) throws ProtocolException {
        // What was wanted by a command that has ended since is for the next one.
        if (held + bytes.length > 2 * MOST) {
            throw new ProtocolException("input that nobody wants");
        }
        wanted = false;
        if (bytes.length > 0) {
            chunks.add(bytes);
            held += bytes.length;
        }
        notifyAll();
    }

    /** Called when no more will come. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Whoever reads now, or will in this command, finds the end. */
    synchronized void cancel() {
        cancelled = true;
        notifyAll();
    }

    /** Called before the next command of a shell. */
    synchronized void next() {
        cancelled = false;
        wanted = false;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (chunks.isEmpty() && !ended && !cancelled) {
            want(Math.min(length, MOST));
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the command was interrupted while it read standard input");
            }
        }
        return cancelled || chunks.isEmpty() ? -1 : take(bytes, offset, length);
    }

    private void want(int count) {
        if (wanted) {
            return;
        }
        wanted = true;
        try {
            connection.send(FrameType.WANT, count);
        } catch (IOException e) {
            ended = true; // the client is lost
        }
    }

    private int take(byte[] bytes, int offset, int length) {
        byte[] first = chunks.element();
        int count = Math.min(length, first.length - firstRead);
        System.arraycopy(first, firstRead, bytes, offset, count);
        firstRead += count;
        held -= count;
        if (firstRead == first.length) {
            chunks.remove();
            firstRead = 0;
        }
        return count;
    }

    @Override
    public synchronized int available() {
        return held;
    }
}
