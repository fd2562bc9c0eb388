package org.hikae.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A channel that outlives the interrupts of those who use it. An interrupted thread closes the channel that it is using, for
 * everybody; here it is opened anew, whatever was under way is done again, and the thread stays interrupted. Thread-safe.
 */
final class SteadyChannel implements Closeable {

    private final Path path;
    private final Object key;
    private final Opener opener;
    private volatile FileChannel channel;
    /** Guarded by this. */
    private boolean closed;

    /** Opens the file, again and again in the same way. */
    @FunctionalInterface
    interface Opener {
        FileChannel open() throws IOException;
    }

    /** What is done with the channel; maybe several times, of which the last one counts. */
    @FunctionalInterface
    interface Use<T> {
        T of(FileChannel channel) throws IOException;
    }

    /**
     * @param channel as the opener has opened it
     * @param key which file it is
     */
    SteadyChannel(Path path, Object key, FileChannel channel, Opener opener) {
        this.path = path;
        this.key = key;
        this.channel = channel;
        this.opener = opener;
    }

    /** @throws ClosedChannelException if it was closed by {@link #close} */
    <T> T use(Use<T> use) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                FileChannel current = channel;
                try {
                    return use.of(current);
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    reopen(current, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void reopen(FileChannel broken, ClosedChannelException cause) throws IOException {
        if (closed) {
            throw cause;
        }
        if (channel == broken) {
            FileChannel again = opener.open();
            if (!Objects.equals(FileDevice.keyOf(path), key)) {
                again.close();
                throw new IOException(path + " was replaced by another file while it was in use", cause);
            }
            channel = again;
        }
    }

    synchronized boolean isOpen() {
        return !closed;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
