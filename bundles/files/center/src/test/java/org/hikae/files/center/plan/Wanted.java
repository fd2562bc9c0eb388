package org.hikae.files.center.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.TransferWindow;

/**
 * A request of a simulation.
 *
 * @param rate bytes per second at which its client can send
 * @param close end of the first time from its arrival in which its window is open; null: it has none
 */
record Wanted(RunInfo run, Instant arrived, long bytes, long rate, Instant close) {

    static Wanted of(RunInfo run, Instant arrived, long rate) {
        return new Wanted(run, arrived, run.bytes(), rate, close(run.window(), arrived));
    }

    /** Minute by minute. */
    static Instant close(TransferWindow window, Instant from) {
        if (window == null) {
            return null;
        }
        Instant at = from;
        while (!WallModel.open(window, at)) {
            at = minuteAfter(at);
        }
        while (WallModel.open(window, at)) {
            at = minuteAfter(at);
        }
        return at;
    }

    private static Instant minuteAfter(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
    }
}
