package org.hikae.schedule;

import java.time.Instant;
import java.time.ZoneId;
import org.hikae.api.schedule.Schedule;
import org.hikae.cron.CronTimes;

/** The planned times of a schedule. Thread-safe. */
final class Plan {

    /** Null: never, as below. */
    private final CronTimes full;

    private final CronTimes differential;

    /** @throws IllegalArgumentException if a time cannot be understood, or there is none */
    Plan(String full, String differential, ZoneId zone) {
        if (full == null && differential == null) {
            throw new IllegalArgumentException(
                    "it has no times: give those of full or of differential backups, or both");
        }
        this.full = full == null ? null : CronTimes.parse(full, zone);
        this.differential = differential == null ? null : CronTimes.parse(differential, zone);
    }

    static Plan of(Schedule schedule) {
        return new Plan(schedule.full(), schedule.differential(), schedule.zone());
    }

    /** Null: never again, as below. */
    Instant nextFull(Instant after) {
        return full == null ? null : full.next(after);
    }

    Instant nextDifferential(Instant after) {
        return differential == null ? null : differential.next(after);
    }

    /** Those after one instant, up to and with the other; null if there are none. Where both are planned at once, it is one time. */
    Due due(Instant after, Instant until) {
        Due due = null;
        for (Instant at = next(after); at != null && !at.isAfter(until); at = next(at)) {
            boolean isFull = at.equals(nextFull(at.minusNanos(1)));
            due = due == null
                    ? new Due(at, at, 1, isFull)
                    : new Due(due.first(), at, due.count() + 1, due.full() || isFull);
        }
        return due;
    }

    /** The first planned time after that instant; null: never again. */
    Instant next(Instant after) {
        Instant first = nextFull(after);
        Instant second = nextDifferential(after);
        return first == null || (second != null && second.isBefore(first)) ? second : first;
    }
}
