package org.hikae.files.center.collect;

import java.util.List;

/**
 * Holds a rate (I7): of any time t no more than {@code rate * t} bytes are let through, and a tenth of a second's more. Time is told,
 * from a clock that nobody sets. Thread-safe.
 */
final class Pacer {

    static final long UNLIMITED = Long.MAX_VALUE;

    private static final double SECOND = 1e9;
    private static final double BURST_SECONDS = 0.1;

    /** Bytes per second. Guarded by this, as the others. */
    private long rate;

    private double available;
    private long at;

    /** @param rate bytes per second, at least 1; {@link #UNLIMITED}: any */
    Pacer(long rate, long nanos) {
        this.rate = rate;
        at = nanos;
    }

    synchronized void setRate(long rate, long nanos) {
        refill(nanos);
        this.rate = rate;
        available = Math.min(available, burst());
    }

    private double burst() {
        return Math.max(1, rate * BURST_SECONDS);
    }

    private void refill(long nanos) {
        long passed = Math.max(0, nanos - at);
        at = nanos;
        if (rate != UNLIMITED) {
            available = Math.min(burst(), available + passed / SECOND * rate);
        }
    }

    /** Number of bytes that may come now, {@code most} at most; 0 if those few are not worth it yet. */
    synchronized int take(int most, long nanos) {
        if (rate == UNLIMITED) {
            return most;
        }
        refill(nanos);
        if (available < Math.min(most, Math.max(1, burst() / 2))) {
            return 0;
        }
        int taken = (int) Math.min(most, available);
        available -= taken;
        return taken;
    }

    /** Some did not come. */
    synchronized void giveBack(int bytes) {
        if (rate != UNLIMITED) {
            available = Math.min(burst(), available + bytes);
        }
    }

    /** As {@link #take}, of several that all have to be held. */
    static int takeOfAll(List<Pacer> all, int most, long nanos) {
        int granted = most;
        for (int i = 0; i < all.size(); i++) {
            int taken = all.get(i).take(granted, nanos);
            for (Pacer before : all.subList(0, i)) {
                before.giveBack(granted - taken);
            }
            granted = taken;
            if (granted == 0) {
                return 0;
            }
        }
        return granted;
    }
}
