package org.hikae.cache;

import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.cache.spi.Fence;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways to make sure that a node writes no more (R16), by their ranking. Thread-safe. */
final class Fences {

    private static final Logger LOG = LoggerFactory.getLogger(Fences.class);

    /** Where a fence comes: the highest ranking first, of equal ones the one that was there first. */
    private record Rank(int ranking, long id) implements Comparable<Rank> {

        private static final Comparator<Rank> ORDER =
                Comparator.comparingInt(Rank::ranking).reversed().thenComparingLong(Rank::id);

        static Rank of(Map<String, Object> properties) {
            int ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer number ? number : 0;
            return new Rank(ranking, (Long) properties.get(Constants.SERVICE_ID));
        }

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }
    }

    private final Map<Rank, Fence> fences = new ConcurrentSkipListMap<>();

    void bind(Fence fence, Map<String, Object> properties) {
        fences.put(Rank.of(properties), fence);
    }

    void unbind(Map<String, Object> properties) {
        fences.remove(Rank.of(properties));
    }

    /**
     * Asks one fence after the other, until one has fenced the node off. One that fails leaves it open; another may still do
     * it.
     *
     * @return whether the node is known to write no more
     */
    boolean fence(NodeGate node) {
        for (Fence fence : fences.values()) {
            try {
                if (fence.fence(node.name(), node.incarnation())) {
                    return true;
                }
            } catch (IOException | RuntimeException e) {
                LOG.error("node {}: it cannot be told whether {} has fenced it off", node.name(), fence, e);
            }
        }
        return false;
    }
}
