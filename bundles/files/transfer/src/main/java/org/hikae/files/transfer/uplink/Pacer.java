package org.hikae.files.transfer.uplink;

/** Tells when how much may be sent, so that it comes to a rate in the mean. Not thread-safe. */
final class Pacer {
    private static final long SECOND = 1_000_000_000L;

    /** Slices of a second. */
    private static final int SLICES = 10;

    private static final int LEAST = 1 << 6;
    private static final int MOST = 1 << 16;

    private long rate;

    /** When what was sent is over at the rate; as System.nanoTime has it. */
    private long free;

    /** @param now as System.nanoTime has it */
    Pacer(long rate, long now) {
        this.rate = rate;
        free = now;
    }

    /** @param bytesPerSecond from now on; 0: any */
    void rate(long bytesPerSecond, long now) {
        if (bytesPerSecond == rate) {
            return;
        }
        long left = delay(now);
        free = bytesPerSecond == 0 ? now : now + (long) (left * ((double) rate / bytesPerSecond));
        rate = bytesPerSecond;
    }

    /** Nanoseconds until more may be sent; 0: now. */
    long delay(long now) {
        return rate == 0 ? 0 : Math.max(0, free - now);
    }

    /** Bytes that may be sent at once, at least one. */
    int slice() {
        return rate == 0 ? Integer.MAX_VALUE : (int) Math.min(MOST, Math.max(LEAST, rate / SLICES));
    }

    /** Bytes are sent. What was not used up before is lost: nothing is made up for. */
    void sent(int bytes, long now) {
        long from = free - now > 0 ? free : now;
        // The largest slice at the lowest rate takes less than a day: no overflow.
        free = from + (rate == 0 ? 0 : bytes * SECOND / rate);
    }
}
