package org.hikae.tapevirtual;

import java.io.InterruptedIOException;

/** What a drive does now, which another thread may cancel. Thread-safe. */
final class Turn implements Cancellation {

    /** Guarded by this. */
    private boolean busy;

    private volatile boolean cancelled;

    synchronized void begin() {
        busy = true;
        cancelled = false;
    }

    synchronized void end() {
        busy = false;
    }

    /** Nothing if nothing is done. */
    synchronized void cancel() {
        cancelled = busy;
    }

    @Override
    public void check() throws InterruptedIOException {
        if (cancelled) {
            throw new InterruptedIOException("what the drive did was cancelled");
        }
    }
}
