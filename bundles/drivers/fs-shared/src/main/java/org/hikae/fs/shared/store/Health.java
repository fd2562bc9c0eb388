package org.hikae.fs.shared.store;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/** Whether a store can still be used. Thread-safe. */
final class Health {

    private volatile Throwable failure;
    private volatile boolean closed;

    void checkOpen() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    void checkWritable() throws IOException {
        checkOpen();
        if (failure != null) {
            throw new IOException(
                    "Metadata could not be written before (" + failure.getMessage()
                            + "), and nothing is written any more. Unmount the disk and mount it again.",
                    failure);
        }
    }

    /** What is on the disk is no longer known to be what is in memory. */
    void fail(Throwable why) {
        if (failure == null) {
            failure = why;
        }
    }

    boolean failed() {
        return failure != null;
    }

    boolean closed() {
        return closed;
    }

    void close() {
        closed = true;
    }
}
