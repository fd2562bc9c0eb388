package org.hikae.api.catalog;

import java.time.Instant;
import org.hikae.api.media.GenerationInfo;

/**
 * A generation as the catalog knows it.
 *
 * @param info as it was last seen
 * @param state where it is now
 * @param seen when it was last seen on its medium
 */
public record KnownGeneration(GenerationInfo info, State state, Instant seen) {

    /** Where a generation is. */
    public enum State {
        /** On its medium. */
        PRESENT,
        /** Its medium could not be looked at. */
        AWAY,
        /** Removed, or a part of a newer one by now. */
        GONE
    }
}
