package org.hikae.files.center.plan;

import org.hikae.api.files.center.Conditions;

/**
 * Conditions, understood.
 *
 * @param transfers most at once, at least 1
 */
record Limits(Hours hours, int transfers, RateLimits rates) {

    /** Of an origin without conditions of its own. */
    static final Limits OF_ORIGIN = new Limits(Hours.ALWAYS, 1, RateLimits.NONE);

    static Limits of(Conditions conditions) {
        return new Limits(
                Hours.of(conditions.windows()),
                Math.max(1, conditions.transfers()),
                new RateLimits(conditions.rates()));
    }
}
