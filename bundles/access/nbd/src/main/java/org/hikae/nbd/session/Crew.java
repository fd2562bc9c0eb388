package org.hikae.nbd.session;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.nbd.protocol.Limits;

/** Counts the threads that work for one client, and the requests that they have in hand. Thread-safe. */
final class Crew {

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    /** The client's own thread counts. */
    private int threads = 1;

    private int inFlight;

    /** False if there are as many as there may be. */
    boolean join() {
        lock.lock();
        try {
            boolean room = threads < Limits.THREADS;
            threads += room ? 1 : 0;
            return room;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        change(-1, 0);
    }

    void begin() {
        change(0, 1);
    }

    void end() {
        change(0, -1);
    }

    private void change(int threadsMore, int inFlightMore) {
        lock.lock();
        try {
            threads += threadsMore;
            inFlight += inFlightMore;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** For the client's own thread: waits until there is no other. */
    void awaitAlone() {
        lock.lock();
        try {
            while (threads > 1) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is in flight; false if that takes longer. */
    boolean awaitIdle(long millis) {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (inFlight > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return inFlight == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
