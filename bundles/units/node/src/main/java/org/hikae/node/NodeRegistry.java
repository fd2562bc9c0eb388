package org.hikae.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.disk.Disks;
import org.hikae.api.media.Media;
import org.hikae.api.node.Node;
import org.hikae.api.node.NodeSettings;
import org.hikae.api.node.Nodes;
import org.hikae.config.Configured;
import org.hikae.config.PlatformHome;
import org.hikae.node.cache.PageCache;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes of this JVM, and the manager's own (12), which is not listed. */
@Component(service = {Nodes.class, NodeRegistry.class})
public final class NodeRegistry implements Nodes {

    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistry.class);

    static final String PID = "org.hikae.node";
    static final long CACHE_BYTES = 64L << 20;

    /** What a platform without nodes begins with. */
    private static final String FIRST = "n1";
    /** How long a stopping platform waits for the writes of a node. */
    private static final long STOP_MILLIS = 20_000;

    private static final String MORE_MEMORY =
            "the caches of all nodes share the memory for buffers; start the platform with a larger"
                    + " -XX:MaxDirectMemorySize, or give other nodes smaller caches";

    private final Configured<LocalNode> nodes;
    private final Disks disks;
    private final CacheControl cacheControl;
    private final LocalFence fence;
    private final CacheBudget budget = CacheBudget.ofJvm();
    private final TemporaryLogFolders temporaryLogs;

    private final Manager manager;
    private final Map<String, ConfiguredNode> configured = new ConcurrentHashMap<>();
    private final Map<String, LocalNode> up = new ConcurrentHashMap<>();

    /** By the clock at the start, so that it is greater after a restart too. */
    private final AtomicLong incarnations = new AtomicLong(System.currentTimeMillis());

    /** Null: not there. */
    private volatile Media media;

    private volatile boolean stopping;

    @Activate
    public NodeRegistry(
            BundleContext context,
            @Reference ConfigurationAdmin admin,
            @Reference Disks disks,
            @Reference CacheControl cacheControl,
            @Reference LocalFence fence)
            throws IOException {
        this.nodes = new Configured<>(admin, PID, "node");
        this.disks = disks;
        this.cacheControl = cacheControl;
        this.fence = fence;
        this.temporaryLogs = new TemporaryLogFolders(PlatformHome.folder(context, "log"));
        this.manager = new Manager(incarnations.incrementAndGet(), temporaryLogs.manager(), disks, cacheControl);
        cacheControl.admit(manager.gate());
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

    Mounts mounts() {
        return manager.mounts();
    }

    /** Nodes work without media. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setMedia(Media there) {
        media = there;
    }

    void unsetMedia(Media gone) {
        if (media == gone) {
            media = null;
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(ConfiguredNode node) {
        configured.put(node.name(), node);
        begin(node);
    }

    private LocalNode begin(ConfiguredNode settings) {
        long cacheBytes = budget.take(settings.cacheBytes());
        if (cacheBytes < settings.cacheBytes()) {
            LOG.warn(
                    "node {} has a cache of {} bytes instead of {}: {}",
                    settings.name(),
                    cacheBytes,
                    settings.cacheBytes(),
                    MORE_MEMORY);
        }
        LocalNode node = new LocalNode(
                settings.name(),
                incarnations.incrementAndGet(),
                new NodeSettings(cacheBytes, temporaryLogs.of(settings.name(), settings.temporaryLog())),
                disks,
                cacheControl,
                manager.mounts());
        fence.add(node);
        cacheControl.admit(node.gate());
        node.start();
        up.put(node.name(), node);
        nodes.bind(node.name(), node);
        return node;
    }

    /** A write on a disk that hangs would hold up every other configuration, if its end were waited for here. */
    void unbind(ConfiguredNode settings) {
        if (configured.remove(settings.name(), settings)) {
            LocalNode node = up.remove(settings.name());
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
    }

    private void end(LocalNode node) {
        node.close();
        cacheControl.dismiss(node.gate());
        fence.remove(node);
        budget.give(node.cache().bound());
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

    /** Called before the nodes are unbound, which still need the manager. */
    @Deactivate
    void stop() {
        stopping = true;
        List.copyOf(configured.values()).forEach(this::unbind);
        manager.close();
        cacheControl.dismiss(manager.gate());
    }

    @Override
    public List<Node> list() {
        try {
            List<Node> list = new ArrayList<>();
            for (String name : nodes.configured().keySet()) {
                Node node = isDown(name) ? null : nodes.get(name);
                if (node != null) {
                    list.add(node);
                }
            }
            return list;
        } catch (IOException e) {
            throw new IllegalStateException("the configurations of the nodes cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Node get(String name) throws IOException {
        if (isDown(name)) {
            throw new IOException("node '" + name + "' is down; start it with 'node start " + name + "'");
        }
        return check(name, nodes.get(name));
    }

    private boolean isDown(String name) {
        return configured.containsKey(name) && !up.containsKey(name);
    }

    @Override
    public List<String> down() {
        return configured.keySet().stream().filter(this::isDown).sorted().toList();
    }

    @Override
    public synchronized Node add(String name, NodeSettings settings) throws IOException {
        nodes.checkNew(name);
        temporaryLogs.checkNew(name, settings.temporaryLog(), temporaryLogs(), media);
        long cacheBytes = settings.cacheBytes();
        if (cacheBytes != 0 && cacheBytes < PageCache.SMALLEST) {
            throw new IOException(
                    "a cache of " + cacheBytes + " bytes is too small: give at least " + PageCache.SMALLEST + " bytes");
        }
        if (cacheBytes > budget.left()) {
            throw new IOException("a cache of " + (cacheBytes >> 20) + " MiB is too large: " + (budget.left() >> 20)
                    + " MiB are left; " + MORE_MEMORY);
        }
        Map<String, Object> properties = new HashMap<>();
        if (cacheBytes != 0) {
            properties.put("cache", cacheBytes);
        }
        if (settings.temporaryLog() != null) {
            properties.put("temporaryLog", settings.temporaryLog().toString());
        }
        return check(name, nodes.add(name, properties));
    }

    /** The folders of all configured nodes, by what messages call them. */
    private Map<String, Path> temporaryLogs() throws IOException {
        Map<String, Path> folders = new HashMap<>();
        nodes.configured().forEach((node, properties) -> {
            String chosen = properties.get("temporaryLog") instanceof String text && !text.isEmpty() ? text : null;
            folders.put("node '" + node + "'", temporaryLogs.of(node, chosen == null ? null : Path.of(chosen)));
        });
        return folders;
    }

    @Override
    public synchronized void kill(String name) throws IOException {
        if (isDown(name)) {
            throw new IOException("node '" + name + "' is down already");
        }
        nodes.get(name);
        LocalNode node = up.remove(name);
        if (node == null) {
            throw new IOException("node '" + name + "' is just being removed");
        }
        nodes.unbind(name, node);
        node.lose();
        cacheControl.lost(node.gate());
        // Cache control may have had no reason to fence it.
        node.fence();
        node.forget();
        fence.remove(node);
        budget.give(node.cache().bound());
    }

    @Override
    public synchronized Node start(String name) throws IOException {
        if (!isDown(name)) {
            nodes.get(name);
            throw new IOException("node '" + name + "' is up already");
        }
        return begin(configured.get(name));
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
