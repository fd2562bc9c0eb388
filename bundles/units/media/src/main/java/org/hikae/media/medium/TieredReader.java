package org.hikae.media.medium;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.hikae.api.media.spi.ObjectReader;

/**
 * Reads an object of a medium; once that fails, be it that the object was evicted while it was open, a copy of it. Thread-safe.
 */
final class TieredReader implements ObjectReader {

    /** Opens a copy. */
    interface Fallback {
        /** @throws IOException the failure, if there is no copy */
        ObjectReader open(IOException failure) throws IOException;
    }

    private final ObjectReader near;
    private final Fallback fallback;
    /** What is read instead of the object on the medium; null as long as that can be read. Written under the lock of this. */
    private volatile ObjectReader copy;

    /** Guarded by this. */
    private boolean closed;

    TieredReader(ObjectReader near, Fallback fallback) {
        this.near = near;
        this.fallback = fallback;
    }

    /** Reads from one of the two. */
    private interface Step {
        long run(ObjectReader from) throws IOException;
    }

    private long run(Step step) throws IOException {
        ObjectReader instead = copy;
        if (instead == null) {
            try {
                return step.run(near);
            } catch (EOFException | ClosedChannelException | InterruptedIOException e) {
                throw e; // there would be no more of it elsewhere, or nobody wants it any more
            } catch (IOException e) {
                instead = instead(e);
            }
        }
        return step.run(instead);
    }

    private synchronized ObjectReader instead(IOException failure) throws IOException {
        if (closed) {
            throw failure;
        }
        if (copy == null) {
            ObjectReader opened = fallback.open(failure);
            if (opened.length() != near.length()) {
                opened.close();
                throw failure;
            }
            copy = opened;
        }
        return copy;
    }

    @Override
    public long length() {
        return near.length();
    }

    @Override
    public void read(ByteBuffer dst, long position) throws IOException {
        int start = dst.position();
        run(from -> {
            from.read(dst.position(start), position);
            return 0;
        });
    }

    @Override
    public long nextData(long position) throws IOException {
        return run(from -> from.nextData(position));
    }

    /** Idempotent. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try (ObjectReader opened = copy) {
            near.close();
        }
    }
}
