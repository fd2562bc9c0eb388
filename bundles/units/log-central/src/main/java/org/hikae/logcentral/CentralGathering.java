package org.hikae.logcentral;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogSink;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Every record goes to the log manager at once, which keeps the first of each block (a.3). */
@Component(property = LogGathering.NAME + "=central")
public final class CentralGathering implements LogGathering {

    private final Set<CentralGatherer> open = ConcurrentHashMap.newKeySet();

    @Override
    public Gatherer open(Session session, LogSink sink) {
        CentralGatherer gatherer = new CentralGatherer(session, sink, open::remove);
        open.add(gatherer);
        gatherer.start();
        return gatherer;
    }

    /** Sessions close their gatherers themselves, and wait for their log medium; a stop must not. */
    @Deactivate
    void stop() {
        open.forEach(CentralGatherer::end);
    }
}
