package org.hikae.node;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.node.NodeSettings;
import org.hikae.io.FirstFailure;
import org.hikae.node.testing.TestControl;
import org.hikae.node.testing.TestDevice;
import org.hikae.node.testing.TestFiles;

/** Nodes on one disk {@code d}, with the real gates, caches and leases, over a disk and a file system in memory. */
final class Cluster implements AutoCloseable {

    static final String DISK = "d";

    final TestDevice device;
    final TestFiles files;
    final TestControl control = new TestControl();
    final Mounts mounts;
    private final LocalNode manager;
    private final long cacheBytes;
    private final Map<String, LocalNode> nodes = new ConcurrentHashMap<>();
    private final AtomicLong incarnations = new AtomicLong();

    Cluster(TestDevice device, long cacheBytes) {
        this.device = device;
        this.cacheBytes = cacheBytes;
        this.files = new TestFiles(
                Math.min(100_000, device.size() / Math.max(4096, device.blockSize())), device.blockSize());
        this.mounts = new Mounts(disks(), this::managerDoor);
        this.manager = new LocalNode("manager", 0, settings(1 << 20), disks(), control, mounts);
    }

    private SharedDisk managerDoor(String disk) throws IOException {
        return manager.openDoor(disk, manager.disk(disk).door());
    }

    LocalNode start(String name) {
        LocalNode node =
                new LocalNode(name, incarnations.incrementAndGet(), settings(cacheBytes), disks(), control, mounts);
        control.admit(node.gate());
        node.start();
        nodes.put(name, node);
        return node;
    }

    private static NodeSettings settings(long cacheBytes) {
        return new NodeSettings(cacheBytes, Path.of("none"));
    }

    LocalNode node(String name) {
        return nodes.get(name);
    }

    List<LocalNode> nodes() {
        return List.copyOf(nodes.values());
    }

    /** As {@link NodeRegistry#kill}. */
    void kill(LocalNode node) {
        nodes.remove(node.name());
        node.lose();
        node.fence();
        control.lost(node.gate());
        node.forget();
    }

    /** As a barrier does it: what is run then sees the disk at one instant. */
    void instant(FirstFailure.Attempt atT0) throws IOException {
        List<NodeGate> gates = control.nodes();
        for (NodeGate gate : gates) {
            gate.flush(DISK);
        }
        try {
            gates.forEach(gate -> gate.hold(DISK, Duration.ofMinutes(1)));
            require(gates.stream().allMatch(gate -> gate.drain(DISK)));
            for (NodeGate gate : gates) {
                gate.flush(DISK);
            }
            require(gates.stream().allMatch(gate -> gate.settle(DISK)));
            atT0.run();
            require(gates.stream().allMatch(gate -> gate.settle(DISK)));
        } finally {
            gates.forEach(gate -> gate.release(DISK));
        }
    }

    private static void require(boolean held) {
        if (!held) {
            throw new AssertionError("a hold ended too early");
        }
    }

    @Override
    public void close() {
        nodes.values().forEach(LocalNode::close);
        mounts.close();
    }

    private Disks disks() {
        return fake(Disks.class, (name, args) -> switch (name) {
            case "use" -> (AutoCloseable) () -> {};
            case "letGo" -> {
                for (LocalNode node : nodes.values()) {
                    node.disk(DISK).letGo();
                }
                yield null;
            }
            case "get" -> disk();
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private Disk disk() {
        ChangeTracker.Recorder recorder = fake(ChangeTracker.Recorder.class, (name, args) -> null);
        ChangeTracker tracker = fake(ChangeTracker.class, (name, args) -> recorder);
        return fake(Disk.class, (name, args) -> switch (name) {
            case "name" -> DISK;
            case "changes" -> tracker;
            case "openForDoor" -> device;
            case "mount" -> files.asFileSystem();
            default -> throw new UnsupportedOperationException(name);
        });
    }

    /** What a fake does. */
    interface Behaviour {
        Object call(String method, Object[] args) throws Exception;
    }

    static <T> T fake(Class<T> type, Behaviour behaviour) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> behaviour.call(method.getName(), args)));
    }
}
