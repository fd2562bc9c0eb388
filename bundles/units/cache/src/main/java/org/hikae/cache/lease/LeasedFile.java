package org.hikae.cache.lease;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.cache.PageRange;
import org.hikae.api.node.NodeGoneException;

/**
 * Leases of one file, for threads: requests wait here for their turn, one after the other in the order in which they came.
 * Nodes are never called while the monitor is held. Thread-safe.
 */
final class LeasedFile {

    private final CachedFile file;
    /** Whether a node may have leases. */
    private final Predicate<NodeGate> present;
    /** Guarded by this. */
    private final LeaseTable<NodeGate> table = new LeaseTable<>();
    /** Requests in their order; the first one is being served. Guarded by this. */
    private final Deque<Object> requests = new ArrayDeque<>();

    LeasedFile(CachedFile file, Predicate<NodeGate> present) {
        this.file = file;
        this.present = present;
    }

    /** @param request comes after all others that are there, until {@link #end} */
    synchronized void enqueue(Object request) {
        requests.add(request);
    }

    /**
     * Waits until it is a request's turn.
     *
     * @throws NodeGoneException if the node has gone meanwhile
     */
    synchronized void await(NodeGate node, Object request) throws NodeGoneException {
        Waiting.until(this, () -> requests.peek() == request || !present.test(node));
        check(node);
    }

    synchronized void end(Object request) {
        requests.remove(request);
        notifyAll();
    }

    private void check(NodeGate node) throws NodeGoneException {
        if (!present.test(node)) {
            throw new NodeGoneException(node.name());
        }
    }

    /** What is to be called back next; empty if the request can be granted. */
    synchronized Optional<LeaseTable.Recall<NodeGate>> recall(NodeGate asker, List<Lease> needs)
            throws NodeGoneException {
        check(asker);
        return table.recall(asker, needs);
    }

    synchronized void reduced(NodeGate asker, LeaseTable.Recall<NodeGate> recall, List<PageRange> given) {
        table.reduced(asker, recall, given);
    }

    /**
     * Gives a node what it needs, unless there is something to be called back again.
     *
     * @throws NodeGoneException if the node has gone: then nobody would take its leases from it any more
     */
    synchronized List<Lease> grant(NodeGate asker, List<Lease> needs) throws NodeGoneException {
        check(asker);
        return table.grant(asker, needs);
    }

    /** A node has nothing any more. */
    synchronized void drop(NodeGate node) {
        table.drop(node);
        notifyAll();
    }

    /** A node has gone: its requests find out. */
    synchronized void gone() {
        notifyAll();
    }

    /**
     * Waits until a node that cannot be asked has lost its leases, which happens when it is known to write no more.
     *
     * @throws IOException if that takes too long
     */
    synchronized void awaitDropped(NodeGate node, NodeGate asker, Duration limit) throws IOException {
        if (!Waiting.until(this, () -> !table.has(node) || !present.test(asker), limit)) {
            throw new IOException("node '" + node.name() + "' has not answered for " + limit.toSeconds()
                    + " s, and is not known to be lost: it has what others need of " + Names.of(file));
        }
    }

    synchronized boolean isEmpty() {
        return table.isEmpty() && requests.isEmpty();
    }
}
