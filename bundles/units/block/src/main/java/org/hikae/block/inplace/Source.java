package org.hikae.block.inplace;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.hikae.api.block.BlockDevice;

/** The generation that stands in for a disk: zeros follow its last byte. Thread-safe. */
final class Source implements Closeable {

    private final Opener opener;
    private final long size;
    /** Null before it is needed. Changed under the monitor, which guards the field below, and is held while it is opened. */
    private volatile BlockDevice reader;

    private boolean closed;

    /** Opens the generation. */
    @FunctionalInterface
    interface Opener {
        BlockDevice open() throws IOException;
    }

    /** @param size bytes of the generation */
    Source(long size, Opener opener) {
        this.size = size;
        this.opener = opener;
    }

    /**
     * Makes sure that it is open.
     *
     * @throws ClosedChannelException if it is closed: all of it is on the disk, or nobody has the disk open
     * @throws IOException if it cannot be opened
     */
    synchronized BlockDevice open() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (reader == null) {
            reader = opener.open();
        }
        return reader;
    }

    /** Waits for nobody. */
    boolean isOpen() {
        return reader != null;
    }

    void read(ByteBuffer dst, long offset) throws IOException {
        int limit = dst.limit();
        int there = (int) Math.max(0, Math.min(dst.remaining(), size - offset));
        if (there > 0) {
            dst.limit(dst.position() + there);
            open().read(dst, offset);
            dst.limit(limit);
        }
        while (dst.hasRemaining()) {
            dst.put((byte) 0);
        }
    }

    /** As {@link BlockDevice#nextData}; {@link Long#MAX_VALUE} if nothing but zeros follows. */
    long nextData(long offset) throws IOException {
        long next = offset < size ? open().nextData(offset) : size;
        return next < size ? next : Long.MAX_VALUE;
    }

    /** As {@link BlockDevice#nextHole}. */
    long nextHole(long offset) throws IOException {
        return offset < size ? open().nextHole(offset) : offset;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        BlockDevice closing = reader;
        reader = null;
        if (closing != null) {
            closing.close();
        }
    }
}
