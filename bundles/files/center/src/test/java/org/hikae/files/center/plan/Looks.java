package org.hikae.files.center.plan;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** How long looks took: of the processor's time, since other programs run on the machine too, and the longest by the clock. */
final class Looks {
    /** Parts of each doubling: quantiles are right to a sixteenth. */
    private static final int PARTS = 16;

    private static final int PART_BITS = 4;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long[] counts = new long[Long.SIZE * PARTS];
    private long begun;
    private long begunWall;
    private long count;
    private long sum;
    private long most;
    private long mostWall;

    void begin() {
        begunWall = System.nanoTime();
        begun = threads.getCurrentThreadCpuTime();
    }

    void end() {
        long took = threads.getCurrentThreadCpuTime() - begun;
        count++;
        sum += took;
        most = Math.max(most, took);
        mostWall = Math.max(mostWall, System.nanoTime() - begunWall);
        counts[place(took)]++;
    }

    private static int place(long nanos) {
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos | PARTS);
        return octave * PARTS + (int) ((nanos >> octave - PART_BITS) & PARTS - 1);
    }

    long count() {
        return count;
    }

    double meanMicros() {
        return sum / 1e3 / count;
    }

    /** Not more than this took so large a part of all. */
    double micros(double part) {
        long below = 0;
        int at = 0;
        while (at < counts.length - 1 && below + counts[at] < part * count) {
            below += counts[at++];
        }
        int octave = at / PARTS;
        return ((long) (PARTS + at % PARTS + 1) << octave - PART_BITS) / 1e3;
    }

    double mostMillis() {
        return most / 1e6;
    }

    double mostMillisByTheClock() {
        return mostWall / 1e6;
    }
}
