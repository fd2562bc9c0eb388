package org.hikae.node;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.disk.Disks;
import org.hikae.api.node.Node;
import org.hikae.api.node.Nodes;
import org.hikae.config.Configured;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes of this JVM. */
@Component
public final class NodeRegistry implements Nodes {

    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistry.class);

    static final String PID = "org.hikae.node";

    /** What a platform without nodes begins with. */
    private static final String FIRST = "n1";
    /** How long a stopping platform waits for the writes of a node. */
    private static final long STOP_MILLIS = 20_000;

    private final Configured<LocalNode> nodes;
    private final Disks disks;
    private final CacheControl cacheControl;
    private final Map<ConfiguredNode, LocalNode> started = new ConcurrentHashMap<>();

    /** By the clock at the start, so that it is greater after a restart too. */
    private final AtomicLong incarnations = new AtomicLong(System.currentTimeMillis());

    private volatile boolean stopping;

    @Activate
    public NodeRegistry(
            @Reference ConfigurationAdmin admin, @Reference Disks disks, @Reference CacheControl cacheControl)
            throws IOException {
        this.nodes = new Configured<>(admin, PID, "node");
        this.disks = disks;
        this.cacheControl = cacheControl;
        if (nodes.configured().isEmpty()) {
            addFirst();
        }
    }

    /** That its file is broken is told where files are; the rest of the platform works, and repairing it brings it back. */
    private void addFirst() {
        try {
            nodes.store(FIRST, Map.of());
        } catch (IOException e) {
            LOG.warn("the node {} cannot be configured: {}", FIRST, e.getMessage());
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(ConfiguredNode configured) {
        LocalNode node = new LocalNode(configured.name(), incarnations.incrementAndGet(), disks);
        cacheControl.admit(node.gate());
        started.put(configured, node);
        nodes.bind(node.name(), node);
    }

    /** A write on a disk that hangs would hold up every other configuration, if its end were waited for here. */
    void unbind(ConfiguredNode configured) {
        LocalNode node = started.remove(configured);
        if (node != null) {
            node.shut();
            Thread end = new Thread(() -> end(node), "hikae-node-end-" + node.name());
            end.setDaemon(true);
            end.start();
            if (stopping) {
                await(end);
            }
        }
    }

    private void end(LocalNode node) {
        node.close();
        cacheControl.dismiss(node.gate());
        nodes.unbind(node.name(), node);
    }

    /** What was written becomes durable before the platform has stopped, if the disk lets it. */
    private static void await(Thread end) {
        try {
            end.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Called before the nodes are unbound. */
    @Deactivate
    void stop() {
        stopping = true;
    }

    @Override
    public List<Node> list() {
        try {
            return List.copyOf(nodes.all());
        } catch (IOException e) {
            throw new IllegalStateException("the configurations of the nodes cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Node get(String name) throws IOException {
        return check(name, nodes.get(name));
    }

    @Override
    public synchronized Node add(String name) throws IOException {
        nodes.checkNew(name);
        return check(name, nodes.add(name, Map.of()));
    }

    @Override
    public synchronized void remove(String name) throws IOException {
        if (nodes.configured().keySet().equals(Set.of(name))) {
            throw new IOException("node '" + name + "' is the last one: add another before you remove it");
        }
        nodes.remove(name);
    }

    private static Node check(String name, LocalNode node) throws IOException {
        if (node == null) {
            throw new IOException("node '" + name + "' did not start; see the log");
        }
        return node;
    }
}
