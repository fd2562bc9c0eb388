package org.hikae.node.nio;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.io.FirstFailure;

/** What is open of a file system, and ends with it. Thread-safe. */
final class Opened {

    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    void check() {
        if (closed) {
            throw new ClosedFileSystemException();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Adds something, which calls {@link #remove} when it is closed. */
    <T extends Closeable> T add(T thing) throws IOException {
        open.add(thing);
        if (closed) {
            // It came while everything was being closed, and may have been overlooked.
            thing.close();
            throw new ClosedFileSystemException();
        }
        return thing;
    }

    void remove(Closeable thing) {
        open.remove(thing);
    }

    /**
     * Closes all of it, and lets nothing be opened any more.
     *
     * @throws IOException the first failure, with the others; all else is closed all the same
     */
    void close() throws IOException {
        closed = true;
        FirstFailure failures = new FirstFailure();
        for (Closeable thing : open) {
            failures.collect(thing::close);
        }
        failures.end();
    }
}
