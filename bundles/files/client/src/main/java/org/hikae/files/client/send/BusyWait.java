package org.hikae.files.client.send;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.hikae.files.transfer.uplink.RefusedException;
import org.hikae.files.transfer.uplink.Uplink;

/** Waits for a center that is busy for as long as somebody who waits for its answer will. For one query. */
final class BusyWait implements Uplink.Busy {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LEAST_MILLIS = 500;

    private final Sleep sleep;
    private Duration left = PATIENCE;

    /** Sleeps. */
    @FunctionalInterface
    interface Sleep {
        void millis(long millis) throws InterruptedException;
    }

    BusyWait(Sleep sleep) {
        this.sleep = sleep;
    }

    @Override
    public void await(RefusedException why) throws IOException {
        // By chance, so that not all come back at once.
        Duration wait =
                why.retryAfter().plusMillis(ThreadLocalRandom.current().nextLong(LEAST_MILLIS, 2 * LEAST_MILLIS));
        left = left.minus(wait);
        if (left.isNegative()) {
            throw why;
        }
        try {
            sleep.millis(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
