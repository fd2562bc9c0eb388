package org.hikae.cache.lease;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits on monitors. An interrupt is kept for later: a request that went half way would leave others waiting for it. */
public final class Waiting {

    private Waiting() {}

    /** Lets time pass. */
    public static void pass(Duration duration) {
        Object nobody = new Object();
        synchronized (nobody) {
            until(nobody, () -> false, duration);
        }
    }

    /** Waits without a limit, as {@link #until(Object, BooleanSupplier, Duration)} otherwise. */
    public static void until(Object monitor, BooleanSupplier condition) {
        until(monitor, condition, Duration.ofDays(36_500));
    }

    /**
     * Waits until something is so. The caller holds the monitor, which is notified when it may have become so.
     *
     * @return false if it is not so within the limit
     */
    public static boolean until(Object monitor, BooleanSupplier condition, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        boolean so = condition.getAsBoolean();
        long left = limit.toNanos();
        while (!so && left > 0) {
            try {
                monitor.wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = end - System.nanoTime();
            so = condition.getAsBoolean();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return so;
    }
}
