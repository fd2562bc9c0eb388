package org.hikae.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.CachedRegion;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.cache.PageRange;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.hikae.api.log.LoggingNode;
import org.hikae.api.log.NodeLog;

/** A node without a cache, whose guest is the test. */
class SessionGate implements NodeGate {

    private final LoggingNode node;
    /** Null until the node is under a session. */
    volatile NodeLog log;

    SessionGate(LoggingNode node) {
        this.node = node;
    }

    @Override
    public String name() {
        return node.name();
    }

    @Override
    public long incarnation() {
        return node.incarnation();
    }

    @Override
    public Path temporaryLog() {
        return node.temporary();
    }

    @Override
    public void flush(String disk) {}

    @Override
    public long dirtyBytes(String disk) {
        return 0;
    }

    @Override
    public void commit(String disk) {}

    @Override
    public void hold(String disk, Duration limit) {}

    @Override
    public boolean drain(String disk) {
        return true;
    }

    @Override
    public boolean settle(String disk) {
        return true;
    }

    @Override
    public void granted(CachedFile file, List<Lease> leases) {}

    @Override
    public List<PageRange> recall(CachedFile file, PageRange needed, PageRange wished, LeaseMode wanted) {
        return List.of(needed);
    }

    @Override
    public List<CachedRegion> cached(String disk) {
        return List.of();
    }

    @Override
    public boolean enter(LogSession session) throws IOException {
        log = session.join(node);
        return true;
    }

    @Override
    public void release(String disk) {}

    @Override
    public LogReceipt leave(LogSession session) {
        return log.complete();
    }

    @Override
    public LogReceipt lost(LogSession session) {
        return log.lost();
    }
}
