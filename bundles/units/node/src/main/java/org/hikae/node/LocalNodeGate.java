package org.hikae.node;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.hikae.api.log.NodeLog;

/** What cache control does with a node: its gates, disk by disk. */
final class LocalNodeGate implements NodeGate {

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

    /** A node that writes through has nothing dirty: what it wrote can be read from the disk already. */
    @Override
    public void flush(String disk) {}

    @Override
    public void hold(String disk, Duration limit) {
        node.gate(disk).hold(limit);
    }

    @Override
    public boolean drain(String disk) {
        return node.gate(disk).drain();
    }

    @Override
    public boolean enter(LogSession session) throws IOException {
        NodeLog log = session.join(name(), incarnation());
        logs.put(session, log);
        if (node.gate(session.disk()).addHeld(log)) {
            return true;
        }
        logs.remove(session);
        log.complete();
        return false;
    }

    @Override
    public void release(String disk) {
        node.gate(disk).release();
    }

    @Override
    public LogReceipt leave(LogSession session) {
        NodeLog log = logs.get(session);
        if (log == null) {
            return new LogReceipt(name(), incarnation(), 0, true);
        }
        // Two may ask at once, the end of a backup and the removal of the node: neither must answer before the drain.
        synchronized (log) {
            node.gate(session.disk()).remove(log);
            LogReceipt receipt = log.complete();
            logs.remove(session, log);
            return receipt;
        }
    }
}
