package org.hikae.files.center.plan;

import java.util.Arrays;

/** What several {@link Heap}s share of numbers that are in at most one of them: the key of each, and where it is. */
final class Keys {
    private static final int NOWHERE = -1;

    long[] key = {};
    int[] at = {};

    void grow(int size) {
        int old = at.length;
        key = Arrays.copyOf(key, size);
        at = Arrays.copyOf(at, size);
        Arrays.fill(at, old, size, NOWHERE);
    }

    Keys copy() {
        Keys copy = new Keys();
        copy.key = key.clone();
        copy.at = at.clone();
        return copy;
    }

    boolean isPlaced(int number) {
        return at[number] != NOWHERE;
    }

    void takeAway(int number) {
        at[number] = NOWHERE;
    }
}
