package org.hikae.tape.recall;

import java.util.function.LongSupplier;

/** Reads that follow one another, more or less: several workers may share one. Guarded by its {@link Streams}, but where it says otherwise. */
final class Stream {

    /** So many slots must have been passed before it counts. */
    private static final int PROVEN = 4;

    /** So many slots may a read be before or behind the one that is expected. */
    private static final int SLACK = 16;

    /** After that time others may have the memory that is held for it. */
    private static final long IDLE_NANOS = 10_000_000_000L;

    private final LongSupplier nanos;
    private final long slotBytes;
    private final long start;
    private long read;
    /** The end of what was read furthest on. */
    private long frontier;
    /** The first slot that was not asked for ahead. */
    private long ahead;
    /** Read by any thread. */
    private volatile long used;

    Stream(long position, int length, long slotBytes, LongSupplier nanos) {
        this.nanos = nanos;
        this.slotBytes = slotBytes;
        start = position;
        read = length;
        frontier = position + length;
        used = nanos.getAsLong();
    }

    /** Whether a read at a position may be one of these. */
    boolean fits(long position) {
        return Math.abs(position - frontier) <= SLACK * slotBytes;
    }

    void add(long position, int length) {
        read += length;
        frontier = Math.max(frontier, position + length);
        used = nanos.getAsLong();
    }

    /** Whether it goes on and on, without passing over more than it reads. */
    boolean isSequential() {
        long passed = frontier - start;
        return passed >= PROVEN * slotBytes && read >= passed / 2;
    }

    /** Thread-safe. */
    boolean isIdle() {
        return nanos.getAsLong() - used > IDLE_NANOS;
    }

    /** When it was read last. */
    long used() {
        return used;
    }

    /** The slot behind what was read furthest on. */
    long next() {
        return (frontier + slotBytes - 1) / slotBytes;
    }

    /** The first slot that nobody comes back to, as a rule. */
    long left() {
        return Math.max(0, frontier / slotBytes - SLACK / 2);
    }

    /** The first slot that is to be asked for ahead. */
    long ahead() {
        return Math.max(ahead, next());
    }

    void askedUpTo(long slot) {
        ahead = slot;
    }
}
