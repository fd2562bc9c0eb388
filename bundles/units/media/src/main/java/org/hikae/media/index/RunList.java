package org.hikae.media.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs in the order in which they were written, a bounded number of them. Not thread-safe. */
final class RunList {

    private final int capacity;
    private int count;
    private long[] firsts = new long[64];
    private long[] ends = new long[64];
    private int[] frames = new int[64];
    private char[] positions = new char[64];

    RunList(int capacity) {
        this.capacity = capacity;
    }

    boolean isFull() {
        return count == capacity;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Adds a run; zeros that go on with the last run become a part of it. */
    void add(long first, long blocks, int frame, int position) {
        if (frame == Span.ZERO && count > 0 && frames[count - 1] == Span.ZERO && ends[count - 1] == first) {
            ends[count - 1] = first + blocks;
            return;
        }
        if (count == firsts.length) {
            grow(Math.min(capacity, 4 * count));
        }
        firsts[count] = first;
        ends[count] = first + blocks;
        frames[count] = frame;
        positions[count] = (char) position;
        count++;
    }

    private void grow(int size) {
        firsts = Arrays.copyOf(firsts, size);
        ends = Arrays.copyOf(ends, size);
        frames = Arrays.copyOf(frames, size);
        positions = Arrays.copyOf(positions, size);
    }

    void clear() {
        count = 0;
    }

    /**
     * The runs sorted. Writers mostly go forward, so they fall into a few ascending stretches, which are merged. What is
     * added or cleared meanwhile is undefined.
     */
    SpanSource sorted() throws IOException {
        List<SpanSource> stretches = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= count; i++) {
            if (i == count || firsts[i] < ends[i - 1]) {
                stretches.add(stretch(from, i));
                from = i;
            }
        }
        return stretches.size() == 1 ? stretches.get(0) : new MergedSpans(stretches);
    }

    private SpanSource stretch(int from, int to) {
        return new SpanSource() {
            private int at = from;

            @Override
            public Span next() {
                if (at == to) {
                    return null;
                }
                Span span = new Span(firsts[at], ends[at], frames[at], positions[at]);
                at++;
                return span;
            }
        };
    }
}
