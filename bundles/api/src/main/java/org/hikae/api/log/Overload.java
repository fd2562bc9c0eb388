package org.hikae.api.log;

import java.time.Duration;

/**
 * What happens when a before-image log cannot keep up with the writers, or its medium is full.
 *
 * @param holdsWrites true: writers wait until it can go on; false: they go on unlogged, and the backup fails with the reason
 * @param limit how long a write waits at most before it goes on unlogged and the backup fails; from 1 s to 1 h where
 *     writers are held, and a moment where they are not, which is enough for a medium that is only busy
 */
public record Overload(boolean holdsWrites, Duration limit) {

    /** The backup fails. */
    public static final Overload FAIL_BACKUP = new Overload(false, Duration.ofSeconds(2));

    /** How long writers are held at most, unless another limit is chosen. */
    public static final Duration USUAL_LIMIT = Duration.ofMinutes(1);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** @throws IllegalArgumentException if the limit is not from 1 s to 1 h */
    public static Overload holdWrites(Duration limit) {
        if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("writes are held for 1 s to 1 h at most, not for " + limit);
        }
        return new Overload(true, limit);
    }
}
