package org.hikae.media.write;

import java.util.UUID;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.LogPlace;
import org.hikae.media.medium.UsableMedium;

/**
 * The log of a generation in the making.
 *
 * @param medium where it lies
 * @param patience asked when that is full
 */
record WrittenLog(KeptLog sink, UsableMedium medium, LogPlace place, Patience patience) {

    /** Whether its blocks are where the copied ones are, instead of these. */
    boolean laidOver() {
        return place != LogPlace.SEPARATE;
    }

    /** Id of the medium that the manifest lies on if the log lies on another; else null. */
    UUID manifestMedium(Run run) {
        return medium.id().equals(run.medium().id()) ? null : run.medium().id();
    }
}
