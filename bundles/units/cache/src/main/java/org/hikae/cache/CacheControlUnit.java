package org.hikae.cache;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.disk.Disk;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows the nodes and the sessions in force, and changes either only while the other stands still (R9). */
@Component
public final class CacheControlUnit implements CacheControl {

    private static final Logger LOG = LoggerFactory.getLogger(CacheControlUnit.class);

    /** Attempts at T0 before giving up: a hold that times out is a machine that stalls, which may pass. */
    private static final int TRIES = 5;

    /** Guarded by this. */
    private final Set<NodeGate> nodes = new LinkedHashSet<>();

    /** The sessions in force, each with the receipts of nodes that have left already. Guarded by this. */
    private final Map<LogSession, List<LogReceipt>> sessions = new LinkedHashMap<>();

    @Override
    public synchronized void admit(NodeGate node) throws IOException {
        List<LogSession> entered = new ArrayList<>();
        try {
            for (LogSession session : sessions.keySet()) {
                node.hold(session.disk(), Barrier.HOLD_LIMIT);
                if (!node.enter(session)) {
                    throw new IOException("node '" + node.name() + "' did not hold its writes to disk '"
                            + session.disk() + "' long enough to join the backup under way");
                }
                entered.add(session);
            }
            nodes.add(node);
        } catch (IOException e) {
            entered.forEach(node::leave);
            throw e;
        } finally {
            sessions.keySet().forEach(session -> node.release(session.disk()));
        }
    }

    @Override
    public synchronized void dismiss(NodeGate node) {
        if (nodes.remove(node)) {
            sessions.forEach((session, receipts) -> receipts.add(node.leave(session)));
        }
    }

    @Override
    public Pause begin(Disk disk, LogSession session, Instantaneous atT0) throws IOException {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            session.check();
            for (NodeGate node : snapshot()) {
                node.flush(disk.name());
            }
            Pause pause = tryBegin(disk, session, atT0, attempt);
            if (pause != null) {
                return pause;
            }
            LOG.warn("disk {}: a node held its writes too long, instant tried again ({})", disk.name(), attempt);
        }
        throw new IOException("the nodes of disk '" + disk.name() + "' could not be brought to one instant in " + TRIES
                + " attempts: a node or the disk is too slow; try again when it is less busy");
    }

    private synchronized List<NodeGate> snapshot() {
        return List.copyOf(nodes);
    }

    private synchronized Pause tryBegin(Disk disk, LogSession session, Instantaneous atT0, int attempt)
            throws IOException {
        Barrier barrier = new Barrier(disk.name(), List.copyOf(nodes));
        if (!barrier.pass(session, atT0)) {
            return null;
        }
        sessions.put(session, new ArrayList<>());
        return new Pause(barrier.nanos(), nodes.size(), attempt);
    }

    @Override
    public synchronized List<LogReceipt> end(LogSession session) {
        List<LogReceipt> receipts = sessions.remove(session);
        if (receipts == null) {
            return List.of();
        }
        for (NodeGate node : nodes) {
            receipts.add(node.leave(session));
        }
        return receipts;
    }
}
