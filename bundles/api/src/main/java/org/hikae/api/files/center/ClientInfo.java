package org.hikae.api.files.center;

import java.time.Instant;

/**
 * A client or relay of this center.
 *
 * @param name its name; behind a relay {@code CLIENT@RELAY}
 * @param state how it stands
 * @param heard when it last spoke; null: not since this platform was started
 * @param certificateUntil when its certificate ends; null: it has none here
 * @param versions number of its versions stored
 * @param bytes of its data stored, as it lies on the medium
 */
public record ClientInfo(String name, State state, Instant heard, Instant certificateUntil, long versions, long bytes) {

    /** How a client stands. */
    public enum State {
        /** It may come, and has not yet. */
        INVITED,
        MEMBER,
        /** Its certificate is not accepted any more. */
        REVOKED,
        /** Known by a relay, or by what lies on media. */
        BELOW
    }
}
