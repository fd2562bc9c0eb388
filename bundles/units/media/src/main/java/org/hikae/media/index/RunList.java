package org.hikae.media.index;

import java.util.Arrays;

/** Runs in the order in which they were written. Not thread-safe. */
public final class RunList {

    private int count;
    private long[] firsts = new long[64];
    private long[] ends = new long[64];
    private int[] frames = new int[64];
    private char[] positions = new char[64];

    /** Adds a run; zeros that go on with the last run become a part of it. */
    public void add(long first, long blocks, int frame, int position) {
        if (frame == Runs.ZERO && count > 0 && frames[count - 1] == Runs.ZERO && ends[count - 1] == first) {
            ends[count - 1] = first + blocks;
            return;
        }
        if (count == firsts.length) {
            int size = Math.addExact(count, count >> 1);
            firsts = Arrays.copyOf(firsts, size);
            ends = Arrays.copyOf(ends, size);
            frames = Arrays.copyOf(frames, size);
            positions = Arrays.copyOf(positions, size);
        }
        firsts[count] = first;
        ends[count] = first + blocks;
        frames[count] = frame;
        positions[count] = (char) position;
        count++;
    }

    int count() {
        return count;
    }

    long first(int i) {
        return firsts[i];
    }

    long end(int i) {
        return ends[i];
    }

    int frame(int i) {
        return frames[i];
    }

    int position(int i) {
        return positions[i];
    }
}
