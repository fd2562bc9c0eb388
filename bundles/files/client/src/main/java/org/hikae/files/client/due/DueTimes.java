package org.hikae.files.client.due;

import java.time.Instant;
import org.hikae.cron.CronTimes;

/**
 * Whether a planned time has come. What was missed is made up for once. The clock may be set: forward, and what it leapt over is one time
 * missed; back, and times go on from there, so that a clock that was wrong for a while does not stop backups for years.
 */
public final class DueTimes {

    private DueTimes() {}

    /** Up to which instant planned times were seen to, by a clock that may have been set back. */
    public static Instant handled(Instant handled, Instant now) {
        return handled.isAfter(now) ? now : handled;
    }

    /** @param times null: none are planned */
    public static boolean isDue(CronTimes times, Instant handled, Instant now) {
        Instant next = next(times, handled, now);
        return next != null && !next.isAfter(now);
    }

    /** The first planned time that was not seen to; null: none comes. */
    public static Instant next(CronTimes times, Instant handled, Instant now) {
        return times == null ? null : times.next(handled(handled, now));
    }
}
