package org.hikae.files.center.plan;

import java.util.ArrayDeque;
import java.util.Arrays;

/** Maximum flow by Dinic's algorithm. What flows already stays when capacity is added, so that it can be augmented step by step. */
final class Flow {
    private final int[] first;
    private int[] to = new int[16];
    private int[] next = new int[16];
    private long[] capacity = new long[16];
    private int edges;
    private int[] level;
    private int[] at;

    Flow(int nodes) {
        first = new int[nodes];
        Arrays.fill(first, -1);
    }

    /** @return its number, for {@link #raise} */
    int edge(int from, int into, long most) {
        half(from, into, most);
        half(into, from, 0);
        return edges - 2;
    }

    private void half(int from, int into, long most) {
        if (edges == to.length) {
            to = Arrays.copyOf(to, 2 * edges);
            next = Arrays.copyOf(next, 2 * edges);
            capacity = Arrays.copyOf(capacity, 2 * edges);
        }
        to[edges] = into;
        capacity[edges] = most;
        next[edges] = first[from];
        first[from] = edges++;
    }

    void raise(int edge, long more) {
        capacity[edge] += more;
    }

    /** @return how much more flows than before */
    long augment(int source, int sink) {
        long more = 0;
        while (reach(source, sink)) {
            at = first.clone();
            for (long some = push(source, sink, Long.MAX_VALUE); some > 0; some = push(source, sink, Long.MAX_VALUE)) {
                more += some;
            }
        }
        return more;
    }

    private boolean reach(int source, int sink) {
        level = new int[first.length];
        Arrays.fill(level, -1);
        level[source] = 0;
        ArrayDeque<Integer> seen = new ArrayDeque<>();
        seen.add(source);
        while (!seen.isEmpty()) {
            int node = seen.poll();
            for (int edge = first[node]; edge >= 0; edge = next[edge]) {
                if (capacity[edge] > 0 && level[to[edge]] < 0) {
                    level[to[edge]] = level[node] + 1;
                    seen.add(to[edge]);
                }
            }
        }
        return level[sink] >= 0;
    }

    private long push(int node, int sink, long most) {
        if (node == sink) {
            return most;
        }
        for (; at[node] >= 0; at[node] = next[at[node]]) {
            int edge = at[node];
            if (capacity[edge] > 0 && level[to[edge]] == level[node] + 1) {
                long some = push(to[edge], sink, Math.min(most, capacity[edge]));
                if (some > 0) {
                    capacity[edge] -= some;
                    capacity[edge ^ 1] += some;
                    return some;
                }
            }
        }
        return 0;
    }
}
