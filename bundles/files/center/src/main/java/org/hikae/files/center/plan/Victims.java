package org.hikae.files.center.plan;

import java.util.Arrays;

/** What has been promised, by the minute of its end: finds what costs most among all up to a minute. O(log n). */
final class Victims {
    private static final int NONE = -1;

    private final Keys keys;
    private final Heap[] heaps = new Heap[Ledger.MINUTES];
    /** What costs most below each node. */
    private final int[] best = new int[2 * Ledger.MINUTES];

    Victims(Keys keys) {
        this.keys = keys;
        Arrays.fill(best, NONE);
    }

    Victims copy(Keys its) {
        Victims copy = new Victims(its);
        System.arraycopy(best, 0, copy.best, 0, best.length);
        for (int leaf = 0; leaf < heaps.length; leaf++) {
            copy.heaps[leaf] = heaps[leaf] == null ? null : heaps[leaf].copy(its);
        }
        return copy;
    }

    void add(int line, int leaf, long cost) {
        if (heaps[leaf] == null) {
            heaps[leaf] = new Heap(keys);
        }
        heaps[leaf].add(line, -cost);
        update(leaf);
    }

    void remove(int line, int leaf) {
        heaps[leaf].remove(line);
        update(leaf);
    }

    boolean has(int line) {
        return keys.isPlaced(line);
    }

    private void update(int leaf) {
        int node = Ledger.MINUTES + leaf;
        best[node] = heaps[leaf].top();
        for (node >>= 1; node > 0; node >>= 1) {
            best[node] = costlier(best[2 * node], best[2 * node + 1]);
        }
    }

    private int costlier(int one, int other) {
        if (one == NONE || other == NONE) {
            return one == NONE ? other : one;
        }
        return keys.key[one] <= keys.key[other] ? one : other;
    }

    /** What costs most from one leaf of the ring to another, both included; -1: nothing. */
    int worst(int from, int to) {
        return from <= to ? range(from, to + 1) : costlier(range(from, Ledger.MINUTES), range(0, to + 1));
    }

    private int range(int from, int to) {
        int worst = NONE;
        int low = Ledger.MINUTES + from;
        int high = Ledger.MINUTES + to;
        for (; low < high; low >>= 1, high >>= 1) {
            if ((low & 1) == 1) {
                worst = costlier(worst, best[low++]);
            }
            if ((high & 1) == 1) {
                worst = costlier(worst, best[--high]);
            }
        }
        return worst;
    }
}
