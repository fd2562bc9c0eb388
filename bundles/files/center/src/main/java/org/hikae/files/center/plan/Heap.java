package org.hikae.files.center.plan;

import java.util.Arrays;

/** Numbers, the one with the least key first. Adding and removing any takes O(log n). */
final class Heap {
    private static final int FIRST_SIZE = 8;

    private final Keys keys;
    private int[] heap = {};
    private int size;

    Heap(Keys keys) {
        this.keys = keys;
    }

    /** @param its copies of this one's */
    Heap copy(Keys its) {
        Heap copy = new Heap(its);
        copy.heap = Arrays.copyOf(heap, size);
        copy.size = size;
        return copy;
    }

    int size() {
        return size;
    }

    /** -1: empty. */
    int top() {
        return size == 0 ? -1 : heap[0];
    }

    /** {@link Hours#NEVER}: empty. */
    long topKey() {
        return size == 0 ? Hours.NEVER : keys.key[heap[0]];
    }

    /** @param number that is in none of the heaps that share its keys */
    void add(int number, long key) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, Math.max(FIRST_SIZE, size + (size >> 1)));
        }
        keys.key[number] = key;
        up(size++, number);
    }

    /** @param number that is in this one */
    void remove(int number) {
        int at = keys.at[number];
        keys.takeAway(number);
        int last = heap[--size];
        if (at == size) {
            return;
        }
        up(at, last);
        if (keys.at[last] == at) {
            down(at, last);
        }
    }

    private void up(int from, int number) {
        int at = from;
        long key = keys.key[number];
        while (at > 0) {
            int above = (at - 1) >> 1;
            if (keys.key[heap[above]] <= key) {
                break;
            }
            put(at, heap[above]);
            at = above;
        }
        put(at, number);
    }

    private void down(int from, int number) {
        int at = from;
        long key = keys.key[number];
        while (2 * at + 1 < size) {
            int below = 2 * at + 1;
            if (below + 1 < size && keys.key[heap[below + 1]] < keys.key[heap[below]]) {
                below++;
            }
            if (keys.key[heap[below]] >= key) {
                break;
            }
            put(at, heap[below]);
            at = below;
        }
        put(at, number);
    }

    private void put(int at, int number) {
        heap[at] = number;
        keys.at[number] = at;
    }
}
