package org.hikae.files.center.plan;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What is known of origins, by a number each. */
final class Origins {
    private static final int NONE = -1;
    private static final int FIRST_SIZE = 64;
    /** In which what an origin has used counts for half. */
    private static final double HALF_LIFE = 3 * 3_600_000d;

    private final Map<String, Integer> numbers;
    private final ArrayDeque<Integer> free;
    private int count;

    String[] name = {};
    /** Own conditions; null: none. */
    Limits[] own = {};

    boolean[] reachable = {};
    /** Measured bytes per second; 0: not yet. */
    float[] rate = {};
    /** First of its lines, in a list through {@link Lines}; -1: none. */
    int[] firstLine = {};

    int[] running = {};
    /** Lines that wait for another transfer of the same origin. */
    int[] blocked = {};
    /** What it has used of late, and when that was counted. */
    private float[] used = {};

    private long[] usedAt = {};

    Origins() {
        this(new HashMap<>(), new ArrayDeque<>());
    }

    private Origins(Map<String, Integer> numbers, ArrayDeque<Integer> free) {
        this.numbers = numbers;
        this.free = free;
    }

    Origins copy() {
        Origins copy = new Origins(new HashMap<>(numbers), free.clone());
        copy.count = count;
        copy.name = name.clone();
        copy.own = own.clone();
        copy.reachable = reachable.clone();
        copy.rate = rate.clone();
        copy.firstLine = firstLine.clone();
        copy.running = running.clone();
        copy.blocked = blocked.clone();
        copy.used = used.clone();
        copy.usedAt = usedAt.clone();
        return copy;
    }

    /** -1: not known. */
    int find(String origin) {
        return numbers.getOrDefault(origin, NONE);
    }

    int findOrAdd(String origin) {
        Integer known = numbers.get(origin);
        if (known != null) {
            return known;
        }
        int number = free.isEmpty() ? count++ : free.pop();
        if (number >= name.length) {
            grow(Math.max(FIRST_SIZE, number + (number >> 1)));
        }
        numbers.put(origin, number);
        name[number] = origin;
        own[number] = null;
        reachable[number] = false;
        rate[number] = 0;
        firstLine[number] = NONE;
        running[number] = 0;
        blocked[number] = 0;
        used[number] = 0;
        return number;
    }

    private void grow(int size) {
        name = Arrays.copyOf(name, size);
        own = Arrays.copyOf(own, size);
        reachable = Arrays.copyOf(reachable, size);
        rate = Arrays.copyOf(rate, size);
        firstLine = Arrays.copyOf(firstLine, size);
        running = Arrays.copyOf(running, size);
        blocked = Arrays.copyOf(blocked, size);
        used = Arrays.copyOf(used, size);
        usedAt = Arrays.copyOf(usedAt, size);
    }

    /** @param number of one without lines */
    void remove(int number) {
        numbers.remove(name[number]);
        name[number] = null;
        own[number] = null;
        free.push(number);
    }

    /** Numbers below this may be in use; the name of one that is not is null. */
    int end() {
        return count;
    }

    Limits limits(int number) {
        return own[number] == null ? Limits.OF_ORIGIN : own[number];
    }

    boolean isBusy(int number) {
        return running[number] >= limits(number).transfers();
    }

    double used(int number, long now) {
        return used[number] == 0 ? 0 : used[number] * Math.pow(2, -(now - usedAt[number]) / HALF_LIFE);
    }

    void use(int number, double cost, long now) {
        used[number] = (float) Math.max(0, used(number, now) + cost);
        usedAt[number] = now;
    }
}
