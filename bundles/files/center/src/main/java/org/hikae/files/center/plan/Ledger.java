package org.hikae.files.center.plan;

import java.util.function.LongToDoubleFunction;

/**
 * What has been promised, by the minute at whose end it has to be done, against what can be done in each minute: tells the first minute up to
 * which more is promised than can be done. A ring of minutes, eleven days, in a tree of sums: O(log n).
 */
final class Ledger {
    static final int MINUTES = 1 << 14;
    static final long MINUTE = 60_000;
    private final double[] promised = new double[MINUTES];
    private final double[] possible = new double[MINUTES];
    /** Promised less possible, below each node. */
    private final double[] sum = new double[2 * MINUTES];
    /** The largest of all sums from the first of the leaves below a node to one of them. */
    private final double[] most = new double[2 * MINUTES];

    /** Sums of fractions are not exact. */
    private final double tolerance;

    private LongToDoubleFunction perMinute;
    private long now = Long.MIN_VALUE;

    /** @param perMinute what can be done in a minute, by its number since 1970 */
    Ledger(LongToDoubleFunction perMinute, double tolerance) {
        this.perMinute = perMinute;
        this.tolerance = tolerance;
    }

    /** Takes over what another one knows, which has the same capacity. */
    void copy(Ledger other) {
        System.arraycopy(other.promised, 0, promised, 0, promised.length);
        System.arraycopy(other.possible, 0, possible, 0, possible.length);
        System.arraycopy(other.sum, 0, sum, 0, sum.length);
        System.arraycopy(other.most, 0, most, 0, most.length);
        now = other.now;
    }

    /** Minute, by its place in the ring, in which what has to be done at a time ends at the latest. */
    int leaf(long deadline) {
        long minute = Math.floorDiv(deadline, MINUTE) - 1;
        long least = Math.max(minute, now);
        return place(Math.min(least, now + MINUTES - 1));
    }

    private static int place(long minute) {
        return (int) Math.floorMod(minute, (long) MINUTES);
    }

    void capacity(LongToDoubleFunction capacity) {
        perMinute = capacity;
        now = Long.MIN_VALUE;
    }

    void advance(long time) {
        long minute = Math.floorDiv(time, MINUTE);
        if (now == Long.MIN_VALUE || minute - now >= MINUTES) {
            now = minute;
            rebuild();
        }
        while (now < minute) {
            possible[place(now)] = perMinute.applyAsDouble(now + MINUTES);
            update(place(now));
            now++;
        }
        double rest = 1 - (double) Math.floorMod(time, MINUTE) / MINUTE;
        possible[place(now)] = perMinute.applyAsDouble(now) * rest;
        update(place(now));
    }

    private void rebuild() {
        for (long minute = now; minute < now + MINUTES; minute++) {
            int leaf = place(minute);
            possible[leaf] = perMinute.applyAsDouble(minute);
            double value = promised[leaf] - possible[leaf];
            sum[MINUTES + leaf] = value;
            most[MINUTES + leaf] = value;
        }
        for (int node = MINUTES - 1; node > 0; node--) {
            join(node);
        }
    }

    /** @param amount less than 0: takes it back */
    void add(int leaf, double amount) {
        promised[leaf] += amount;
        update(leaf);
    }

    private void update(int leaf) {
        int node = MINUTES + leaf;
        sum[node] = promised[leaf] - possible[leaf];
        most[node] = sum[node];
        for (node >>= 1; node > 0; node >>= 1) {
            join(node);
        }
    }

    private void join(int node) {
        int left = 2 * node;
        sum[node] = sum[left] + sum[left + 1];
        most[node] = Math.max(most[left], sum[left] + most[left + 1]);
    }

    /** First place of the present minute. */
    int first() {
        return place(now);
    }

    /** The first leaf, counted from the present minute, up to which more is promised than possible; -1: none. */
    int firstOver() {
        int first = place(now);
        // The ring as two pieces: from now to its end, and from its begin to now.
        int over = search(1, 0, MINUTES, first, MINUTES, 0);
        if (over >= 0 || first == 0) {
            return over;
        }
        return search(1, 0, MINUTES, 0, first, between(1, 0, MINUTES, first, MINUTES));
    }

    /** First leaf in a range up to which the sum, with what was before it, is above 0. */
    private int search(int node, int low, int high, int from, int to, double before) {
        if (to <= low || high <= from) {
            return -1;
        }
        boolean inside = from <= low && high <= to;
        if (inside && before + most[node] <= tolerance) {
            return -1;
        }
        if (high - low == 1) {
            return low;
        }
        int middle = (low + high) >>> 1;
        int left = search(2 * node, low, middle, from, to, before);
        if (left >= 0) {
            return left;
        }
        double more = from < middle ? between(2 * node, low, middle, from, to) : 0;
        return search(2 * node + 1, middle, high, from, to, before + more);
    }

    private double between(int node, int low, int high, int from, int to) {
        if (to <= low || high <= from) {
            return 0;
        } else if (from <= low && high <= to) {
            return sum[node];
        }
        int middle = (low + high) >>> 1;
        return between(2 * node, low, middle, from, to) + between(2 * node + 1, middle, high, from, to);
    }
}
