package org.hikae.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;
import org.hikae.cache.lease.Waiting;

/** The nodes, and the sessions in force with what those nodes said of them that have left. Thread-safe; calls no node. */
final class Members {

    /** Guarded by this, as all below. */
    private final Set<NodeGate> nodes = new LinkedHashSet<>();
    /** Those that are lost, and not known yet to write no more. */
    private final Set<NodeGate> losing = new HashSet<>();
    /** Nodes that are entering the sessions in force, and are not there yet. */
    private int expected;
    /** The sessions in force, each with the receipts of nodes that have left. */
    private final Map<LogSession, List<LogReceipt>> sessions = new LinkedHashMap<>();

    /**
     * A session that was in force.
     *
     * @param receipts of nodes that have left
     * @param nodes that are there still
     * @param losing those of them that are lost
     */
    record Ended(List<LogReceipt> receipts, List<NodeGate> nodes, Set<NodeGate> losing) {}

    /**
     * A node is to enter the sessions in force before it is added. Until {@link #expectNoMore} none of them ends: it would end
     * without that node, and never be complete (R9).
     */
    synchronized List<LogSession> expect() {
        expected++;
        return sessions();
    }

    synchronized void expectNoMore() {
        expected--;
        notifyAll();
    }

    synchronized void add(NodeGate node) {
        nodes.add(node);
        notifyAll();
    }

    /** @param receipts what it says of sessions; for those that have ended meanwhile it was asked already */
    synchronized void remove(NodeGate node, Map<LogSession, LogReceipt> receipts) {
        losing.remove(node);
        if (nodes.remove(node)) {
            receipts.forEach((session, receipt) ->
                    sessions.getOrDefault(session, new ArrayList<>()).add(receipt));
        }
        notifyAll();
    }

    synchronized List<NodeGate> nodes() {
        return List.copyOf(nodes);
    }

    /** @return false if the node is not there, or is being lost already */
    synchronized boolean losing(NodeGate node) {
        return nodes.contains(node) && losing.add(node);
    }

    /** Waits until every lost node is known to write no more: before, there can be no instant. */
    synchronized void awaitLosses() {
        Waiting.until(this, losing::isEmpty);
    }

    /** Waits until other nodes are there, if that is so soon: one that went is taken off by whoever ended it. */
    synchronized void awaitChange(List<NodeGate> before, Duration limit) {
        Waiting.until(this, () -> !List.copyOf(nodes).equals(before), limit);
    }

    synchronized void begin(LogSession session) {
        sessions.put(session, new ArrayList<>());
    }

    /** The sessions in force. */
    synchronized List<LogSession> sessions() {
        return List.copyOf(sessions.keySet());
    }

    /** Null if the session is not in force. */
    synchronized Ended end(LogSession session) {
        Waiting.until(this, () -> expected == 0);
        List<LogReceipt> receipts = sessions.remove(session);
        return receipts == null ? null : new Ended(List.copyOf(receipts), List.copyOf(nodes), Set.copyOf(losing));
    }
}
