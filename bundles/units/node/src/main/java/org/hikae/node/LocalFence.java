package org.hikae.node;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.cache.spi.Fence;
import org.osgi.service.component.annotations.Component;

/** The fence of nodes in this JVM, which is real: their doors let nothing through any more (R16). */
@Component(
        service = {Fence.class, LocalFence.class},
        property = "service.ranking:Integer=1000")
public final class LocalFence implements Fence {

    /** Nodes by incarnation, from their start until they are gone for good. */
    private final Map<Long, LocalNode> nodes = new ConcurrentHashMap<>();

    void add(LocalNode node) {
        nodes.put(node.incarnation(), node);
    }

    void remove(LocalNode node) {
        nodes.remove(node.incarnation(), node);
    }

    @Override
    public boolean fence(String node, long incarnation) {
        LocalNode found = nodes.get(incarnation);
        if (found == null || !found.name().equals(node)) {
            return false;
        }
        found.fence();
        return true;
    }
}
