package org.hikae.copy;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Spreads bytes over time. A pause is made up for only so far: no burst follows a stall. Thread-safe. */
final class RateLimit {

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(100);
    private static final double BURST_SECONDS = 0.25;

    /** Whether to wait on. */
    interface Check {

        /**
         * Asked often.
         *
         * @return false: there is nothing to wait for any more
         */
        boolean going() throws IOException;
    }

    private final long bytesPerSecond;
    private final Time time;
    /** When the bytes handed out so far are due. Guarded by this. */
    private long due;

    /** @param bytesPerSecond 0: none */
    RateLimit(long bytesPerSecond, Time time) {
        this.bytesPerSecond = bytesPerSecond;
        this.time = time;
        this.due = time.nanos();
    }

    /**
     * Waits until so many bytes may pass, or the check throws.
     *
     * @return false if the check ended the wait
     */
    boolean pass(long bytes, Check check) throws IOException {
        if (!check.going()) {
            return false;
        } else if (bytesPerSecond <= 0 || bytes == 0) {
            return true;
        }
        long until = take(bytes);
        for (long wait = until - time.nanos(); wait > 0; wait = until - time.nanos()) {
            time.park(Math.min(STEP, wait));
            if (!check.going()) {
                return false;
            }
        }
        return true;
    }

    private synchronized long take(long bytes) {
        long earliest = time.nanos() - (long) (BURST_SECONDS * 1e9);
        // Compared by their difference: nanoseconds may pass the end of their range.
        long from = due - earliest > 0 ? due : earliest;
        due = from + (long) (bytes * 1e9 / bytesPerSecond);
        return due;
    }
}
