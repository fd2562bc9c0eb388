package org.hikae.files.center.plan;

import java.util.Arrays;
import org.hikae.api.files.RunId;
import org.hikae.api.files.TransferWindow;

/** Requests, by a number each; those of a line are in a list. */
final class Requests {
    static final int NONE = -1;
    private static final int FIRST_SIZE = 64;
    private static final int CACHE = 1 << 12;

    private int count;
    private int firstFree = NONE;

    RunId[] run = {};
    /** The client's wish; null: any time. */
    TransferWindow[] window = {};

    boolean[] finish = {};
    boolean[] forced = {};
    long[] arrived = {};
    /** Bytes still to be sent. */
    long[] remaining = {};
    /** The next of the same line; of one that is free, the next free one. */
    int[] next = {};

    /** What was seen lately, so that what is equal is kept once: names and windows of a million requests come in a few kinds. */
    private final Object[] seen = new Object[CACHE];

    Requests copy() {
        Requests copy = new Requests();
        copy.count = count;
        copy.firstFree = firstFree;
        copy.run = run.clone();
        copy.window = window.clone();
        copy.finish = finish.clone();
        copy.forced = forced.clone();
        copy.arrived = arrived.clone();
        copy.remaining = remaining.clone();
        copy.next = next.clone();
        return copy;
    }

    int add(RunId id, String origin, TransferWindow wish) {
        int number = firstFree;
        if (number == NONE) {
            number = count++;
            if (number >= run.length) {
                grow(Math.max(FIRST_SIZE, number + (number >> 1)));
            }
        } else {
            firstFree = next[number];
        }
        run[number] = new RunId(origin, once(id.backup()), id.number());
        window[number] = once(wish);
        forced[number] = false;
        next[number] = NONE;
        return number;
    }

    @SuppressWarnings("unchecked")
    <T> T once(T value) {
        if (value == null) {
            return null;
        }
        int hash = value.hashCode();
        int at = (hash ^ hash >>> 12) & CACHE - 1;
        if (!value.equals(seen[at])) {
            seen[at] = value;
        }
        return (T) seen[at];
    }

    void remove(int number) {
        run[number] = null;
        window[number] = null;
        next[number] = firstFree;
        firstFree = number;
    }

    private void grow(int size) {
        run = Arrays.copyOf(run, size);
        window = Arrays.copyOf(window, size);
        finish = Arrays.copyOf(finish, size);
        forced = Arrays.copyOf(forced, size);
        arrived = Arrays.copyOf(arrived, size);
        remaining = Arrays.copyOf(remaining, size);
        next = Arrays.copyOf(next, size);
    }
}
