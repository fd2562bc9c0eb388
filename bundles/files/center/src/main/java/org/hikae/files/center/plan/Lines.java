package org.hikae.files.center.plan;

import java.util.Arrays;

/**
 * Lines of requests, by a number each: what is to be collected of one origin and backup, one after the other. Only the first of a line
 * can be collected, so lines are what is planned.
 */
final class Lines {
    static final int NONE = -1;
    private static final int FIRST_SIZE = 64;

    private int count;
    private int firstFree = NONE;

    final Keys queueKeys;
    final Keys victimKeys;

    int[] origin = {};
    /** Number of its terms; -1: not yet known. */
    int[] terms = {};
    /** The first request. */
    int[] head = {};
    /** Next line of the same origin; of one that is free, the next free one. */
    int[] nextOfOrigin = {};

    int[] nextOfTerms = {};
    int[] previousOfTerms = {};
    /** Where it is among what runs; -1: it does not. */
    int[] running = {};
    /** Where it waits; null: nowhere, since it cannot begin. */
    Queue[] queue = {};

    boolean[] blocked = {};
    boolean[] dirty = {};
    /** Windows that its first request has missed, and closings of its terms that were counted. */
    short[] missed = {};

    int[] seen = {};
    /** Since when it waits for its turn. */
    long[] since = {};
    /** Before this it is not begun. */
    long[] notBefore = {};
    /** What was promised to it: by which minute (-1: nothing), milliseconds of a transfer, bytes. */
    int[] leaf = {};

    long[] promisedTime = {};
    long[] promisedBytes = {};
    /** Of what more than possible was asked for when it had to stand back; null: it had not. */
    Crowded[] crowded = {};

    Lines() {
        this(new Keys(), new Keys());
    }

    private Lines(Keys queueKeys, Keys victimKeys) {
        this.queueKeys = queueKeys;
        this.victimKeys = victimKeys;
    }

    Lines copy() {
        Lines copy = new Lines(queueKeys.copy(), victimKeys.copy());
        copy.count = count;
        copy.firstFree = firstFree;
        copy.origin = origin.clone();
        copy.terms = terms.clone();
        copy.head = head.clone();
        copy.nextOfOrigin = nextOfOrigin.clone();
        copy.nextOfTerms = nextOfTerms.clone();
        copy.previousOfTerms = previousOfTerms.clone();
        copy.running = running.clone();
        copy.queue = queue.clone();
        copy.blocked = blocked.clone();
        copy.dirty = dirty.clone();
        copy.missed = missed.clone();
        copy.seen = seen.clone();
        copy.since = since.clone();
        copy.notBefore = notBefore.clone();
        copy.leaf = leaf.clone();
        copy.promisedTime = promisedTime.clone();
        copy.promisedBytes = promisedBytes.clone();
        copy.crowded = crowded.clone();
        return copy;
    }

    int add(int ofOrigin) {
        int number = firstFree;
        if (number == NONE) {
            number = count++;
            if (number >= origin.length) {
                grow(Math.max(FIRST_SIZE, number + (number >> 1)));
            }
        } else {
            firstFree = nextOfOrigin[number];
        }
        origin[number] = ofOrigin;
        terms[number] = NONE;
        head[number] = NONE;
        nextOfOrigin[number] = NONE;
        nextOfTerms[number] = NONE;
        previousOfTerms[number] = NONE;
        running[number] = NONE;
        queue[number] = null;
        blocked[number] = false;
        missed[number] = 0;
        notBefore[number] = Long.MIN_VALUE;
        since[number] = Long.MIN_VALUE;
        leaf[number] = NONE;
        crowded[number] = null;
        return number;
    }

    void remove(int number) {
        origin[number] = NONE;
        nextOfOrigin[number] = firstFree;
        firstFree = number;
    }

    private void grow(int size) {
        queueKeys.grow(size);
        victimKeys.grow(size);
        origin = Arrays.copyOf(origin, size);
        terms = Arrays.copyOf(terms, size);
        head = Arrays.copyOf(head, size);
        nextOfOrigin = Arrays.copyOf(nextOfOrigin, size);
        nextOfTerms = Arrays.copyOf(nextOfTerms, size);
        previousOfTerms = Arrays.copyOf(previousOfTerms, size);
        running = Arrays.copyOf(running, size);
        queue = Arrays.copyOf(queue, size);
        blocked = Arrays.copyOf(blocked, size);
        dirty = Arrays.copyOf(dirty, size);
        missed = Arrays.copyOf(missed, size);
        seen = Arrays.copyOf(seen, size);
        since = Arrays.copyOf(since, size);
        notBefore = Arrays.copyOf(notBefore, size);
        leaf = Arrays.copyOf(leaf, size);
        promisedTime = Arrays.copyOf(promisedTime, size);
        promisedBytes = Arrays.copyOf(promisedBytes, size);
        crowded = Arrays.copyOf(crowded, size);
    }
}
