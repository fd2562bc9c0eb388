package org.hikae.media.write;

import java.util.UUID;
import org.hikae.media.medium.UsableMedium;

/**
 * The log of a generation in the making.
 *
 * @param medium where it lies
 */
record WrittenLog(PackedLog sink, UsableMedium medium, boolean laidOver) {

    /** Id of the medium that the manifest lies on if the log lies on another; else null. */
    UUID manifestMedium(Run run) {
        return medium.id().equals(run.medium().id()) ? null : run.medium().id();
    }
}
