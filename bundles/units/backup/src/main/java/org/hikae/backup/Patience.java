package org.hikae.backup;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.hikae.api.job.Progress;

/**
 * How long to wait before one tries again: twice as long each time.
 *
 * @param first before the second try; at least a millisecond
 * @param longest never longer than that
 */
record Patience(Duration first, Duration longest) {

    static final Patience USUAL = new Patience(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

    /**
     * Waits before the next try; a job can be paused and cancelled meanwhile.
     *
     * @param tries how often it was tried already, from 1
     */
    void await(int tries, Progress progress) throws IOException {
        long wait = first.toNanos();
        for (int i = 1; i < tries && wait < longest.toNanos(); i++) {
            wait *= 2;
        }
        long end = System.nanoTime() + Math.min(wait, longest.toNanos());
        for (long left = wait; left > 0; left = end - System.nanoTime()) {
            progress.pass();
            LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
        }
        progress.pass();
    }
}
