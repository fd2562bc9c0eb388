package org.hikae.copy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hikae.api.job.Progress;

/** Spreads bytes over time. A pause is made up for only so far: no burst follows a stall. Thread-safe. */
final class RateLimit {

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(100);
    private static final double BURST_SECONDS = 0.25;

    private final long bytesPerSecond;
    private final Progress progress;
    /** When the bytes handed out so far are due, by {@link System#nanoTime}. Guarded by this. */
    private long due = System.nanoTime();

    RateLimit(long bytesPerSecond, Progress progress) {
        this.bytesPerSecond = bytesPerSecond;
        this.progress = progress;
    }

    /** Waits until so many bytes may pass, or the work is cancelled. */
    void pass(long bytes) {
        progress.check();
        if (bytesPerSecond <= 0) {
            return;
        }
        long wait = take(bytes) - System.nanoTime();
        long until = System.nanoTime() + wait;
        while (until - System.nanoTime() > 0) {
            LockSupport.parkNanos(Math.min(STEP, until - System.nanoTime()));
            progress.check();
        }
    }

    private synchronized long take(long bytes) {
        long earliest = System.nanoTime() - (long) (BURST_SECONDS * 1e9);
        due = Math.max(due, earliest) + (long) (bytes * 1e9 / bytesPerSecond);
        return due;
    }
}
