package org.hikae.files.center.collect;

/** Bytes per second over the last ten seconds. Thread-safe. */
final class Meter {

    private static final int SECONDS = 10;
    private static final long SECOND = 1_000_000_000;

    /** Bytes by second, the second modulo the length. Guarded by this. */
    private final long[] bytes = new long[SECONDS + 1];

    private long second;

    Meter(long nanos) {
        second = Math.floorDiv(nanos, SECOND);
    }

    synchronized void count(long many, long nanos) {
        advance(nanos);
        bytes[Math.floorMod(second, bytes.length)] += many;
    }

    private void advance(long nanos) {
        long now = Math.floorDiv(nanos, SECOND);
        for (long i = Math.max(second + 1, now - bytes.length + 1); i <= now; i++) {
            bytes[Math.floorMod(i, bytes.length)] = 0;
        }
        second = Math.max(second, now);
    }

    /** Of whole seconds that have passed. */
    synchronized long perSecond(long nanos) {
        advance(nanos);
        long sum = 0;
        for (long each : bytes) {
            sum += each;
        }
        return (sum - bytes[Math.floorMod(second, bytes.length)]) / SECONDS;
    }
}
