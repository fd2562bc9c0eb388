package org.hikae.api.log.spi;

import java.io.IOException;
import org.hikae.api.media.GenerationWriter;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Where the log is kept: at its place on the backup medium (a.4), apart from the backup (a.5), or laid over it (a.6). A DS service with the property
 * {@link #NAME}.
 */
@ConsumerType
public interface LogPlacement {

    /** Service property: the name by which users choose this placement, a word in lower case. */
    String NAME = "hikae.log.placement";

    /**
     * Opens the log of a generation.
     *
     * @param logMedium name of the medium for the log; null: the backup's own
     * @param patience asked when the log's medium is full
     * @throws IOException if the log cannot be kept there; the message says why
     */
    LogSink open(GenerationWriter generation, String logMedium, Patience patience) throws IOException;

    /** Whether copiers leave out what is in the log already (a.4). */
    default boolean copiersLeaveOutLogged() {
        return false;
    }
}
