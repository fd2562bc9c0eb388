package org.hikae.api.log.spi;

import java.io.IOException;
import org.hikae.api.media.GenerationWriter;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Where the log is kept: apart from the backup (a.5), or laid over it (a.6). A DS service with the property
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
     * @throws IOException if the log cannot be kept there; the message says why
     */
    LogSink open(GenerationWriter generation, String logMedium) throws IOException;
}
