package org.hikae.log;

import java.io.IOException;
import org.hikae.api.log.spi.LogPlacement;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.LogPlace;
import org.osgi.service.component.annotations.Component;

/** The log is laid over the backup data: the generation's index points at it, and readers know no difference (a.6). */
@Component(property = LogPlacement.NAME + "=overlay")
public final class OverlayPlacement implements LogPlacement {

    /** The named medium is for separate logs only: laid over means on the backup's own. */
    @Override
    public LogSink open(GenerationWriter generation, String logMedium, Patience patience) throws IOException {
        return generation.openLog(LogPlace.OVERLAY, null, patience);
    }
}
