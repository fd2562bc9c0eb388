package org.hikae.fs.shared.store;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets those who commit at the same time share the work: one does it for all who had asked before it began. Also the lock of
 * whatever writes the journal or the region. Thread-safe.
 */
final class GroupCommit {

    /** Held by who writes the journal or the region; guards {@link #served}. Taken before any lock of the tables. */
    private final ReentrantLock writing = new ReentrantLock();

    private final AtomicLong asked = new AtomicLong();
    private long served;

    /** Returns when the work was done, by anybody, in a run that began after this was called. */
    void run(Work work) throws IOException {
        long mine = asked.incrementAndGet();
        writing.lock();
        try {
            if (served < mine) {
                long all = asked.get();
                work.run();
                served = all;
            }
        } finally {
            writing.unlock();
        }
    }

    /** Does other work than committing. */
    void exclusively(Work work) throws IOException {
        writing.lock();
        try {
            work.run();
        } finally {
            writing.unlock();
        }
    }

    /** What is done. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }
}
