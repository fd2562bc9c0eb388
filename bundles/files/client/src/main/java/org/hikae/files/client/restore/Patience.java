package org.hikae.files.client.restore;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.hikae.api.job.Progress;

/** Waits for a center that is busy, or away; longer each time, and by chance, so that not all come back at once. Not thread-safe. */
final class Patience {

    private static final int DOUBLED = 6;
    private static final long LOOK_MILLIS = 500;

    private final Progress progress;
    private final Duration first;
    private int times;

    /** @param first how long to wait the first time, at most */
    Patience(Progress progress, Duration first) {
        this.progress = progress;
        this.first = first;
    }

    /** Something came: the next time is a first one. */
    void reset() {
        times = 0;
    }

    /**
     * Waits.
     *
     * @param phase why, for who looks at the job
     * @param least how long the center wants to be left alone
     * @throws java.util.concurrent.CancellationException if the job was cancelled
     */
    void await(String phase, Duration least) throws IOException {
        progress.phase(phase);
        long limit = first.toMillis() << Math.min(times, DOUBLED);
        times++;
        long until = System.nanoTime()
                + least.plusMillis(ThreadLocalRandom.current().nextLong(limit / 2, limit + 1))
                        .toNanos();
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            progress.check();
            try {
                Thread.sleep(Math.min(LOOK_MILLIS, left / 1_000_000 + 1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        progress.check();
    }
}
