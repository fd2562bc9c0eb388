package org.hikae.log;

import java.io.IOException;
import org.hikae.api.log.spi.LogPlacement;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.LogPlace;
import org.osgi.service.component.annotations.Component;

/** The log is kept apart from the backup data, on its own medium if one is named, and is read first (a.5, c.5, R10). */
@Component(property = LogPlacement.NAME + "=separate")
public final class SeparatePlacement implements LogPlacement {

    @Override
    public LogSink open(GenerationWriter generation, String logMedium, Patience patience) throws IOException {
        return generation.openLog(LogPlace.SEPARATE, logMedium, patience);
    }
}
