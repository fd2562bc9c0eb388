package org.hikae.copy;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Spreads bytes over time. A pause is made up for only so far: no burst follows a stall. Thread-safe. */
final class RateLimit {

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(100);
    private static final double BURST_SECONDS = 0.25;

    /** Whether to wait on. */
    interface Check {
        void check() throws IOException;
    }

    private final long bytesPerSecond;
    /** When the bytes handed out so far are due, by {@link System#nanoTime}. Guarded by this. */
    private long due = System.nanoTime();

    RateLimit(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Waits until so many bytes may pass, or the check throws. */
    void pass(long bytes, Check going) throws IOException {
        going.check();
        if (bytesPerSecond <= 0) {
            return;
        }
        long wait = take(bytes) - System.nanoTime();
        long until = System.nanoTime() + wait;
        while (until - System.nanoTime() > 0) {
            LockSupport.parkNanos(Math.min(STEP, until - System.nanoTime()));
            going.check();
        }
    }

    private synchronized long take(long bytes) {
        long earliest = System.nanoTime() - (long) (BURST_SECONDS * 1e9);
        due = Math.max(due, earliest) + (long) (bytes * 1e9 / bytesPerSecond);
        return due;
    }
}
