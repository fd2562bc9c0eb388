package org.hikae.files.transfer.uplink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures that follow each other: any time up to a limit, which doubles each time. So many who
 * failed at the same moment do not come back at the same moment. Not thread-safe.
 */
final class Backoff {
    private final RandomGenerator random;
    private final long longest;
    private final long first;
    private long limit;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first.toNanos();
        this.longest = longest.toNanos();
        this.random = random;
        limit = this.first;
    }

    /** After another failure. */
    Duration next() {
        long wait = random.nextLong(limit) + 1;
        limit = limit > longest / 2 ? longest : 2 * limit;
        return Duration.ofNanos(wait);
    }

    /** After a success. */
    void reset() {
        limit = first;
    }
}
