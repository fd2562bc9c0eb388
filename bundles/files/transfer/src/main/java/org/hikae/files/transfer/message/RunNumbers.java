package org.hikae.files.transfer.message;

import java.time.Instant;

/**
 * Which numbers runs can have. They ascend by 1, beginning with 1 or, where they were lost, with the seconds of the clock: so none comes near
 * the microseconds since 1970. Whoever is told by somebody else to use numbers above another one believes no higher one than that. So
 * there is always room for the next ones, however often that is said: the clock runs faster than runs are made. And what was in
 * use once can be told again at any time later.
 */
public final class RunNumbers {

    /** No clock that is right shows less. */
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    /** No clock that is right shows more; the numbers behind it have as many digits as are allowed, and are left. */
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private RunNumbers() {}

    /** Whether somebody else may be right who says that the number is in use. @param now by the own clock */
    public static boolean canBe(long number, Instant now) {
        return number <= highest(now);
    }

    static long highest(Instant now) {
        Instant clock = now.isBefore(EARLIEST) ? EARLIEST : now.isAfter(LATEST) ? LATEST : now;
        return clock.getEpochSecond() * 1_000_000 + clock.getNano() / 1000;
    }
}
