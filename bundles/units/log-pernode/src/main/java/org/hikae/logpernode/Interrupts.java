package org.hikae.logpernode;

import java.io.IOException;
import java.util.concurrent.locks.Condition;

/** Keeps interrupts for later: they would close files under way, and break off what guests wait for. */
final class Interrupts {

    private Interrupts() {}

    /** What is done meanwhile. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does the work as if the thread had not been interrupted before. */
    static <T> T keptFor(Work<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            return work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static void await(Condition condition, long nanos) {
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
}
