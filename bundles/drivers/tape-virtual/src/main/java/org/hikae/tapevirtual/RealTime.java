package org.hikae.tapevirtual;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lets simulated time pass for those who use the drive too, so many times faster. */
final class RealTime implements Passing {

    /** Less is not waited for by itself. */
    private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(10);
    /** For so long nobody asks whether it was cancelled. */
    private static final long MOST = TimeUnit.MILLISECONDS.toNanos(50);

    private final double pace;
    /** What was not waited for yet; guarded by this. */
    private double owed;

    /** @param pace above 0; 1: as long as the drive would take */
    RealTime(double pace) {
        this.pace = pace;
    }

    @Override
    public void pass(long nanos, Cancellation cancellation) throws IOException {
        long wait;
        synchronized (this) {
            owed += nanos / pace;
            if (owed < LEAST) {
                return;
            }
            wait = (long) owed;
            owed = 0;
        }
        long end = System.nanoTime() + wait;
        for (long left = wait; left > 0; left = end - System.nanoTime()) {
            cancellation.check();
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while the drive was at work");
            }
            LockSupport.parkNanos(Math.min(left, MOST));
        }
    }
}
