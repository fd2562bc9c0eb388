package org.hikae.cache;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.hikae.api.cache.CacheControl.Instantaneous;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.log.LogReceipt;
import org.hikae.api.log.LogSession;

/** One attempt at the instant T0 on the nodes of a disk, in the order of R4. For one thread, once. */
final class Barrier {

    /** How long a node holds its writes at most, should its manager vanish. */
    static final Duration HOLD_LIMIT = Duration.ofSeconds(5);

    private final String disk;
    private final List<NodeGate> nodes;
    private long nanos;

    Barrier(String disk, List<NodeGate> nodes) {
        this.disk = disk;
        this.nodes = nodes;
    }

    /**
     * Holds, drains, flushes, commits, settles, enters the session on all nodes as one step, and releases.
     *
     * @return false if a node's hold ended too early; the session is on nowhere then
     */
    boolean pass(LogSession session, Instantaneous atT0) throws IOException {
        return hold(() -> enterAll(session, atT0));
    }

    /** As the other, without a session. */
    boolean pass(Instantaneous atT0) throws IOException {
        return hold(() -> {
            atT0.run();
            return stillHeld();
        });
    }

    private boolean hold(Standstill standstill) throws IOException {
        long start = System.nanoTime();
        try {
            nodes.forEach(node -> node.hold(disk, HOLD_LIMIT));
            return all(node -> node.drain(disk)) && writeOut() && all(node -> node.settle(disk)) && standstill.done();
        } finally {
            nodes.forEach(node -> node.release(disk));
            nanos = System.nanoTime() - start;
        }
    }

    private boolean all(Predicate<NodeGate> step) {
        for (NodeGate node : nodes) {
            if (!step.test(node)) {
                return false;
            }
        }
        return true;
    }

    /** What nodes have dirty, then the metadata that refers to it, before the session is on anywhere (R4, R17). */
    private boolean writeOut() throws IOException {
        FlushRounds.flush(nodes, disk);
        for (NodeGate node : nodes) {
            node.commit(disk);
        }
        return true;
    }

    /** How long the writers were held. */
    long nanos() {
        return nanos;
    }

    /**
     * Enters the session everywhere, then makes the instant, then looks whether every hold lasted until after it: a
     * write let go too early would be logged, but belong to the epoch that ended.
     */
    private boolean enterAll(LogSession session, Instantaneous atT0) throws IOException {
        List<NodeGate> entered = new ArrayList<>();
        boolean done = false;
        try {
            for (NodeGate node : nodes) {
                if (!node.enter(session)) {
                    return false;
                }
                entered.add(node);
            }
            atT0.run();
            done = stillHeld();
            return done;
        } finally {
            if (!done) {
                undo(session, entered);
            }
        }
    }

    private boolean stillHeld() {
        return all(node -> node.settle(disk));
    }

    /** What a node logged before the instant was made is older than the next attempt's: that log is of no use. */
    private static void undo(LogSession session, List<NodeGate> entered) {
        for (NodeGate node : entered) {
            LogReceipt receipt = node.leave(session);
            if (receipt.records() > 0 || !receipt.complete()) {
                session.fail("node '" + node.name() + "' wrote before all nodes had reached the instant", null);
            }
        }
    }

    /** What is done while nothing moves; false if that did not last. */
    @FunctionalInterface
    private interface Standstill {
        boolean done() throws IOException;
    }
}
