package org.hikae.socket;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Lets commands in, and knows when none is left. Closing is atomic with that: a command is let in and carried out, or
 * refused before anything of it has happened, and then the client takes it elsewhere.
 */
final class Gate {
    /** How often jobs are looked at, which nobody announces the end of. */
    private static final long LOOK_MILLIS = 100;

    /** Guards all fields. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition left = lock.newCondition();
    private int inside;
    private boolean closed;

    /** Returns whether the command may go on; it must {@link #leave} then. */
    boolean enter() {
        lock.lock();
        try {
            if (!closed) {
                inside++;
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            inside--;
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes once nobody is inside and nothing else goes on.
     *
     * @param busy whether something else goes on
     * @return false if that took longer than {@code millis}; the gate is open still
     */
    boolean closeWhenIdle(long millis, BooleanSupplier busy) throws InterruptedException {
        return await(millis, busy, true);
    }

    /** Returns whether everybody has left in time. */
    boolean awaitEmpty(long millis) throws InterruptedException {
        return await(millis, () -> false, false);
    }

    private boolean await(long millis, BooleanSupplier busy, boolean close) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (inside > 0 || busy.getAsBoolean()) {
                long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (rest <= 0) {
                    return false;
                }
                left.await(Math.min(rest, inside > 0 ? rest : LOOK_MILLIS), TimeUnit.MILLISECONDS);
            }
            closed |= close;
            return true;
        } finally {
            lock.unlock();
        }
    }
}
