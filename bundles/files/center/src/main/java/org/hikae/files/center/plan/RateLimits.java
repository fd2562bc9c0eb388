package org.hikae.files.center.plan;

import java.util.List;
import org.hikae.api.files.center.Conditions;

/** Bandwidth by time of day, in bytes per second. Immutable. */
final class RateLimits {
    static final long UNLIMITED = Long.MAX_VALUE;
    static final RateLimits NONE = new RateLimits(List.of());

    private final Hours[] when;
    private final long[] rates;

    RateLimits(List<Conditions.Rate> limits) {
        when = limits.stream().map(limit -> new WallHours(limit.when())).toArray(Hours[]::new);
        rates = limits.stream()
                .mapToLong(limit -> Math.max(1, limit.bytesPerSecond()))
                .toArray();
    }

    /** The smallest that holds. */
    long at(long time) {
        long limit = UNLIMITED;
        for (int i = 0; i < when.length; i++) {
            if (rates[i] < limit && when[i].open(time)) {
                limit = rates[i];
            }
        }
        return limit;
    }

    /** Before this it stays as it is. */
    long until(long time) {
        long until = Hours.NEVER;
        for (Hours hours : when) {
            until = Math.min(until, hours.until(time));
        }
        return until;
    }
}
