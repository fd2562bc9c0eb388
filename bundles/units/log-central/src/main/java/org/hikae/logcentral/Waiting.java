package org.hikae.logcentral;

import java.util.concurrent.locks.Condition;

/** Waits that an interrupt does not end; it is kept for later. */
final class Waiting {

    private Waiting() {}

    static void upTo(Condition condition, long nanos) {
        boolean interrupted = false;
        boolean waited = false;
        while (!waited) {
            try {
                condition.awaitNanos(nanos);
                waited = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static void forEndOf(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
