package org.hikae.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
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
import org.hikae.node.cache.CoherentFile;

/** What cache control does with a node: its gates and its leases, disk by disk. */
class LocalNodeGate implements NodeGate {

    private final LocalNode node;
    private final Map<LogSession, NodeLog> logs = new ConcurrentHashMap<>();

    LocalNodeGate(LocalNode node) {
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
        return node.temporaryLog();
    }

    @Override
    public void flush(String disk) throws IOException {
        node.disk(disk).flush();
    }

    @Override
    public long dirtyBytes(String disk) {
        return node.disk(disk).dirtyBytes();
    }

    /** Only the manager has metadata. */
    @Override
    public void commit(String disk) throws IOException {}

    @Override
    public void hold(String disk, Duration limit) {
        node.disk(disk).calls().hold(limit);
    }

    @Override
    public boolean drain(String disk) {
        return node.disk(disk).calls().drain();
    }

    @Override
    public boolean settle(String disk) {
        NodeDisk held = node.disk(disk);
        return held.door().holdAs(held.calls()) && held.door().drain();
    }

    /** The door is settled, if it is not yet: the session is in force for all that is written from now on. */
    @Override
    public boolean enter(LogSession session) throws IOException {
        NodeLog log = session.join(new LoggingNode(name(), incarnation(), temporaryLog()));
        logs.put(session, log);
        if (settle(session.disk()) && node.disk(session.disk()).door().addHeld(log)) {
            return true;
        }
        logs.remove(session);
        log.complete();
        return false;
    }

    @Override
    public void release(String disk) {
        node.disk(disk).door().release();
        node.disk(disk).calls().release();
    }

    @Override
    public LogReceipt leave(LogSession session) {
        return end(session, NodeLog::complete);
    }

    @Override
    public LogReceipt lost(LogSession session) {
        return end(session, NodeLog::lost);
    }

    private LogReceipt end(LogSession session, Function<NodeLog, LogReceipt> end) {
        NodeLog log = logs.get(session);
        if (log == null) {
            return new LogReceipt(name(), incarnation(), 0, true);
        }
        // Two may ask at once, the end of a backup and the removal of the node: neither must answer before the drain.
        synchronized (log) {
            node.disk(session.disk()).door().remove(log);
            LogReceipt receipt = end.apply(log);
            logs.remove(session, log);
            return receipt;
        }
    }

    @Override
    public void granted(CachedFile file, List<Lease> leases) {
        CoherentFile found = node.disk(file.disk()).find(file);
        if (found != null) {
            found.granted(leases);
        } else if (!node.isGone()) {
            throw new IllegalStateException("node " + name() + " did not ask for leases on " + file);
        }
    }

    @Override
    public List<PageRange> recall(CachedFile file, PageRange needed, PageRange wished, LeaseMode wanted)
            throws IOException {
        node.check();
        CoherentFile found = node.disk(file.disk()).find(file);
        return found == null ? List.of(wished) : found.recall(needed, wished, wanted);
    }

    @Override
    public List<CachedRegion> cached(String disk) {
        if (disk != null) {
            return node.disk(disk).regions();
        }
        List<CachedRegion> regions = new ArrayList<>();
        node.known().forEach(known -> regions.addAll(known.regions()));
        return regions;
    }
}
