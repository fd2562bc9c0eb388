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
import org.osgi.service.component.annotations.Deactivate;
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

    /** A session that does not take the node fails: the node will write, and that backup would not know what. */
    @Override
    public synchronized void admit(NodeGate node) {
        for (LogSession session : sessions.keySet()) {
            try {
                node.hold(session.disk(), Barrier.HOLD_LIMIT);
                if (!node.enter(session)) {
                    session.fail("node '" + node.name() + "' joined too slowly", null);
                }
            } catch (IOException | RuntimeException e) {
                session.fail("node '" + node.name() + "' could not join", e);
            } finally {
                node.release(session.disk());
            }
        }
        nodes.add(node);
    }

    /** Draining may take long, so nobody else waits for it; only then is the node off the list. */
    @Override
    public void dismiss(NodeGate node) {
        Map<LogSession, LogReceipt> given = new LinkedHashMap<>();
        for (LogSession session : sessionsInForce()) {
            given.put(session, node.leave(session));
        }
        synchronized (this) {
            if (nodes.remove(node)) {
                sessions.forEach((session, receipts) ->
                        receipts.add(given.containsKey(session) ? given.get(session) : node.leave(session)));
            }
        }
    }

    private synchronized List<LogSession> sessionsInForce() {
        return List.copyOf(sessions.keySet());
    }

    /** Nodes that start again would be admitted by a successor that does not know the sessions. */
    @Deactivate
    void stop() {
        sessionsInForce().forEach(session -> session.fail("cache control was stopped", null));
    }

    @Override
    public Pause begin(Disk disk, LogSession session, Instantaneous atT0) throws IOException {
        return bring(disk, session::check, attempt -> tryBegin(disk, session, atT0, attempt));
    }

    @Override
    public Pause instant(Disk disk, Instantaneous atT0) throws IOException {
        return bring(disk, () -> {}, attempt -> tryInstant(disk, atT0, attempt));
    }

    private Pause bring(Disk disk, Instantaneous check, Attempt tried) throws IOException {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            check.run();
            for (NodeGate node : snapshot()) {
                node.flush(disk.name());
            }
            Pause pause = tried.make(attempt);
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

    private synchronized Pause tryInstant(Disk disk, Instantaneous atT0, int attempt) throws IOException {
        Barrier barrier = new Barrier(disk.name(), List.copyOf(nodes));
        return barrier.pass(atT0) ? new Pause(barrier.nanos(), nodes.size(), attempt) : null;
    }

    @Override
    public List<LogReceipt> end(LogSession session) {
        List<LogReceipt> receipts;
        List<NodeGate> present;
        synchronized (this) {
            receipts = sessions.remove(session);
            present = List.copyOf(nodes);
        }
        if (receipts == null) {
            return List.of();
        }
        for (NodeGate node : present) {
            receipts.add(node.leave(session));
        }
        return receipts;
    }

    /** One attempt at an instant; null if it came to nothing and may be made again. */
    @FunctionalInterface
    private interface Attempt {
        Pause make(int attempt) throws IOException;
    }
}
