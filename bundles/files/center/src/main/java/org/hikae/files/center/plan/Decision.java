package org.hikae.files.center.plan;

import java.time.Instant;
import org.hikae.api.files.RunId;

/**
 * What to do with a request.
 *
 * @param bytesPerSecond at most this; {@link Long#MAX_VALUE}: as much as there is; 0 with {@link Kind#PAUSE}
 * @param until at this time it has to stand still whatever comes, unless decided otherwise before; {@link Instant#MAX}: no such time
 * @param forced whether it runs regardless of windows
 * @param why of a pause, a sentence; else null
 */
public record Decision(RunId run, Kind kind, long bytesPerSecond, Instant until, boolean forced, String why) {

    /** What changes. */
    public enum Kind {
        /** It begins, or goes on where it was. */
        START,
        /** What runs stands still, with what it has. */
        PAUSE,
        /** What runs goes on with another rate or end. */
        CHANGE
    }

    static Instant time(long millis) {
        return millis == Hours.NEVER ? Instant.MAX : Instant.ofEpochMilli(millis);
    }
}
