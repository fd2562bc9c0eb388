package org.hikae.job;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Counts bytes done, and tells the rate over the last seconds, in which it did not stand still. Thread-safe. */
final class Meter {

    private static final long WINDOW = TimeUnit.SECONDS.toNanos(5);
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(200);

    private final LongSupplier nanoTime;
    private final long start;
    /** How long it has stood still, up to the last time that it went on; guarded by this, as all below. */
    private long stood;

    private boolean standing;
    private long standingSince;
    /** Counts of the last seconds, oldest first, the first of them at least a window old once there is one. */
    private final Deque<Sample> samples = new ArrayDeque<>();

    private long done;
    private long total = -1;

    Meter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = now();
        samples.add(new Sample(start, 0));
    }

    /** The time from now on does not count. */
    synchronized void stand() {
        standing = true;
        standingSince = nanoTime.getAsLong();
    }

    /** Time counts again. */
    synchronized void goOn() {
        standing = false;
        stood += nanoTime.getAsLong() - standingSince;
    }

    /** The time, without that in which it stood still. */
    private long now() {
        return (standing ? standingSince : nanoTime.getAsLong()) - stood;
    }

    synchronized void total(long bytes) {
        total = bytes;
    }

    synchronized void advance(long bytes) {
        long now = now();
        if (now - samples.getLast().time() >= STEP) {
            samples.add(new Sample(now, done));
            forget(now);
        }
        done += bytes;
    }

    /** How things stand now. */
    synchronized Reading read() {
        if (standing) {
            return new Reading(done, total, 0, -1);
        }
        long now = now();
        forget(now);
        long rate =
                rate(done - samples.getFirst().done(), now - samples.getFirst().time());
        long eta = total < 0 || rate == 0 ? -1 : Math.max(0, total - done) / rate;
        return new Reading(done, total, rate, eta);
    }

    /** How things stood in the end: the rate is that of the whole. */
    synchronized Reading readAtEnd() {
        return new Reading(done, total, rate(done, now() - start), -1);
    }

    private void forget(long now) {
        while (samples.size() > 1 && now - secondOldest().time() >= WINDOW) {
            samples.removeFirst();
        }
    }

    private Sample secondOldest() {
        Sample first = samples.removeFirst();
        Sample second = samples.getFirst();
        samples.addFirst(first);
        return second;
    }

    private static long rate(long bytes, long nanos) {
        return nanos <= 0 ? 0 : (long) (bytes * 1e9 / nanos);
    }

    private record Sample(long time, long done) {}

    record Reading(long done, long total, long rate, long eta) {

        /** The same, as long as nothing goes on. */
        Reading standing() {
            return new Reading(done, total, 0, -1);
        }
    }
}
