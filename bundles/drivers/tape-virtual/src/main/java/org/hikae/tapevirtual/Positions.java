package org.hikae.tapevirtual;

import java.util.Arrays;

/**
 * Where in the file the objects of a tape begin, as far as they were passed: one in so many is kept, so that the room is bounded
 * and the way to any of the others is short. Not thread-safe.
 */
final class Positions {

    private static final int MOST = 1 << 20;

    /** Where the objects 0, step, twice step and so on begin. */
    private long[] offsets = new long[64];

    private int count = 1;
    private long step = 32;
    /** The last object whose beginning is known. */
    private long known;

    private long knownOffset;

    /** The last position whose place in the file is known. */
    long known() {
        return known;
    }

    long knownOffset() {
        return knownOffset;
    }

    /** Learns where an object begins, of which the one before is known. */
    void learn(long position, long offset) {
        if (position <= known) {
            return;
        }
        known = position;
        knownOffset = offset;
        if (position == count * step) {
            add(offset);
        }
    }

    private void add(long offset) {
        if (count == MOST) {
            for (int i = 1; i < count / 2; i++) {
                offsets[i] = offsets[2 * i];
            }
            count /= 2;
            step *= 2;
        } else if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.min(MOST, count * 2));
        }
        offsets[count++] = offset;
    }

    /** Forgets what is behind a position that is known. */
    void cut(long position, long offset) {
        known = position;
        knownOffset = offset;
        count = (int) Math.min(count, position / step + 1);
    }

    /** The last position kept that is not behind the given one. */
    long before(long position) {
        return Math.min(count - 1L, position / step) * step;
    }

    /** Where the object at a position from {@link #before} begins. */
    long offset(long kept) {
        return offsets[(int) (kept / step)];
    }
}
