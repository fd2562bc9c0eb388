package org.hikae.log;

import java.io.IOException;
import org.hikae.api.log.spi.LogPlacement;
import org.hikae.api.log.spi.LogSink;
import org.hikae.api.log.spi.Patience;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.LogPlace;
import org.osgi.service.component.annotations.Component;

/** The log goes to its place on the backup medium as it comes, and copiers leave out what it has (a.4, R8). */
@Component(property = LogPlacement.NAME + "=medium")
public final class MediumPlacement implements LogPlacement {

    /** The named medium is for separate logs only. */
    @Override
    public LogSink open(GenerationWriter generation, String logMedium, Patience patience) throws IOException {
        return generation.openLog(LogPlace.MEDIUM, null, patience);
    }

    @Override
    public boolean copiersLeaveOutLogged() {
        return true;
    }
}
