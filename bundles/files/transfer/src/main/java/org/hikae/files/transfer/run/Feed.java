package org.hikae.files.transfer.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;

/** A channel that gets its bytes in pieces. Used by one thread at a time, but for {@link #close}. */
public abstract class Feed implements ReadableByteChannel {

    private ByteBuffer piece = ByteBuffer.allocate(0);
    private volatile boolean closed;

    /** The next piece, not empty; null: there are no more. */
    protected abstract ByteBuffer next() throws IOException;

    /** Gives back what it uses; called once, by the thread that reads or closes. */
    protected abstract void end() throws IOException;

    @Override
    public synchronized int read(ByteBuffer to) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!to.hasRemaining()) {
            return 0;
        }
        while (piece != null && !piece.hasRemaining()) {
            piece = next();
        }
        if (piece == null) {
            return -1;
        }
        int count = Math.min(to.remaining(), piece.remaining());
        to.put(piece.slice().limit(count));
        piece.position(piece.position() + count);
        return count;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            synchronized (this) {
                end();
            }
        }
    }
}
