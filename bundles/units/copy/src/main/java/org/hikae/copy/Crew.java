package org.hikae.copy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.node.Node;

/**
 * The nodes that copy, and how many workers each has. A node that is gone does not come back: what is started again under
 * its name is another. Thread-safe.
 */
final class Crew {

    private final List<Node> nodes;
    private final CopyLimits limits;
    /** Guarded by this, as all below. */
    private final Map<Node, Integer> workers = new HashMap<>();

    private final Set<Node> gone = new HashSet<>();

    Crew(List<Node> nodes, CopyLimits limits) {
        this.nodes = List.copyOf(nodes);
        this.limits = limits;
    }

    /**
     * Gives so many workers a node each.
     *
     * @return the nodes; fewer where the limits of all nodes leave no room, empty when all are gone
     */
    synchronized List<Node> deal(int number) {
        List<Node> dealt = new ArrayList<>();
        Node node = join();
        while (node != null) {
            dealt.add(node);
            node = dealt.size() < number ? join() : null;
        }
        return dealt;
    }

    /** Another node for a worker whose own is gone; null if none has room for it. */
    synchronized Node insteadOf(Node lost) {
        gone.add(lost);
        return join();
    }

    /** A worker of the node has ended. */
    synchronized void leave(Node node) {
        workers.merge(node, -1, Integer::sum);
    }

    /** The fastest of those with the fewest workers, so that they come to the nodes in turn. */
    private Node join() {
        Node chosen = nodes.stream()
                .filter(this::hasRoom)
                .min(Comparator.comparingInt(this::workers)
                        .thenComparing(this::bytesPerSecond, Comparator.reverseOrder()))
                .orElse(null);
        if (chosen != null) {
            workers.merge(chosen, 1, Integer::sum);
        }
        return chosen;
    }

    private boolean hasRoom(Node node) {
        return !gone.contains(node)
                && workers(node) < limits.nodeWorkers().getOrDefault(node.name(), CopyLimits.MOST_WORKERS);
    }

    private int workers(Node node) {
        return workers.getOrDefault(node, 0);
    }

    private long bytesPerSecond(Node node) {
        return limits.nodeBytesPerSecond().getOrDefault(node.name(), Long.MAX_VALUE);
    }
}
