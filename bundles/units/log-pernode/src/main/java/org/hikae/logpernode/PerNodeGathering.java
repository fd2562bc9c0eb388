package org.hikae.logpernode;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.log.spi.LogGathering;
import org.hikae.api.log.spi.LogSink;
import org.hikae.io.BufferPool;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Every node keeps its records on a temporary log medium of its own, and all are merged at the end (a.2). */
@Component(property = LogGathering.NAME + "=per-node")
public final class PerNodeGathering implements LogGathering {

    /** So many idle buffers are kept for the next backup. */
    private static final int IDLE_BUFFERS = 4;

    private final Set<PerNodeGatherer> open = ConcurrentHashMap.newKeySet();
    private final TemporaryFolders folders = new TemporaryFolders();
    private final BufferPool buffers = new BufferPool(Batch.BYTES, IDLE_BUFFERS);
    private volatile boolean stopped;

    @Override
    public Gatherer open(Session session, LogSink sink) throws IOException {
        PerNodeGatherer gatherer = new PerNodeGatherer(session, sink, folders, buffers, open::remove);
        open.add(gatherer);
        if (stopped) {
            gatherer.end();
            throw PerNodeGatherer.stopped();
        }
        return gatherer;
    }

    /**
     * Sessions close their gatherers themselves, and may wait then; a stop must not. The folders are free at once, so that a
     * bundle started in this one's place can use them.
     */
    @Deactivate
    void stop() {
        stopped = true;
        open.forEach(PerNodeGatherer::end);
    }
}
