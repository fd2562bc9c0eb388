package org.hikae.node.cache;

import java.util.function.BooleanSupplier;

/** Waiting on a monitor that the caller holds. An interrupt is kept for later: what was let in half would never end. */
final class Waits {

    private Waits() {}

    /** Waits until the condition holds. */
    static void until(Object monitor, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            once(monitor);
        }
    }

    /** Waits until the monitor is notified. */
    static void once(Object monitor) {
        boolean interrupted = Thread.interrupted();
        boolean waited = false;
        while (!waited) {
            try {
                monitor.wait();
                waited = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        restore(interrupted);
    }

    /** Waits until the monitor is notified, or so many nanoseconds have passed. */
    static void once(Object monitor, long nanos) {
        boolean interrupted = false;
        try {
            monitor.wait(nanos / 1_000_000 + 1);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        restore(interrupted);
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
