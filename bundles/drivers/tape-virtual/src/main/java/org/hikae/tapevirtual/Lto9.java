package org.hikae.tapevirtual;

import java.util.concurrent.TimeUnit;

/**
 * About the times of an LTO-9 drive: the tape is written to and fro in 280 wraps along its 1035 m; what is at the same place of
 * two wraps is near, and what is a wrap apart may be far.
 *
 * @param capacity bytes of a cartridge, which take all wraps
 */
record Lto9(long capacity) implements Times {

    private static final int WRAPS = 280;
    private static final double METRES = 1035;
    private static final double METRES_A_SECOND = 10;
    private static final long BYTES_A_SECOND = 400_000_000;
    /** To stop, change the wrap, and get to speed again. */
    private static final double BEGIN_ANEW = 3;

    @Override
    public long robot() {
        return TimeUnit.SECONDS.toNanos(10);
    }

    @Override
    public long load() {
        return TimeUnit.SECONDS.toNanos(17);
    }

    @Override
    public long unload() {
        return TimeUnit.SECONDS.toNanos(24);
    }

    @Override
    public long travel(long from, long to) {
        double metres = Math.abs(place(from) - place(to)) * METRES;
        return (long) ((BEGIN_ANEW + metres / METRES_A_SECOND) * TimeUnit.SECONDS.toNanos(1));
    }

    @Override
    public long stream(long bytes) {
        return (long) ((double) bytes / BYTES_A_SECOND * TimeUnit.SECONDS.toNanos(1));
    }

    /** How far along the tape, from 0 to 1. */
    private double place(long offset) {
        double wraps = (double) offset / capacity * WRAPS;
        double along = wraps % 1;
        return (long) wraps % 2 == 0 ? along : 1 - along;
    }
}
