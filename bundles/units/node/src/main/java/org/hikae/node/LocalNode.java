package org.hikae.node;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.node.Node;
import org.hikae.api.node.NodeGoneException;
import org.hikae.api.node.NodeSettings;
import org.hikae.api.node.NodeStatistics;
import org.hikae.io.FirstFailure;
import org.hikae.node.cache.Counters;
import org.hikae.node.cache.PageCache;
import org.hikae.node.cache.WriteOut;
import org.hikae.node.volume.NodeVolume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A logical node (11) in this JVM, with its write cache (28). It ends in one of two ways: closed in good order, or lost, with
 * what it had not written out.
 */
final class LocalNode implements Node {

    private static final Logger LOG = LoggerFactory.getLogger(LocalNode.class);

    private final String name;
    private final long incarnation;
    private final Path temporaryLog;
    private final Disks disks;
    private final CacheControl control;
    private final Mounts mounts;
    private final Counters counters = new Counters();
    private final PageCache cache;
    /** One for each disk that the node or cache control ever asked for. */
    private final Map<String, NodeDisk> known = new ConcurrentHashMap<>();

    private final LocalNodeGate nodeGate;
    /** No call begins any more. */
    private volatile boolean ending;
    /** Nothing that it says counts any more. */
    private volatile boolean gone;

    /** @param settings its cache, of the size that there is memory for, and its temporary log */
    LocalNode(String name, long incarnation, NodeSettings settings, Disks disks, CacheControl control, Mounts mounts) {
        this.name = name;
        this.incarnation = incarnation;
        this.temporaryLog = settings.temporaryLog();
        this.disks = disks;
        this.control = control;
        this.mounts = mounts;
        this.cache = new PageCache(name, settings.cacheBytes(), System::nanoTime, counters);
        this.nodeGate = new LocalNodeGate(this);
    }

    /** Begins to write out in the background. */
    void start() {
        Thread thread = new Thread(new WriteOut(name, cache), "hikae-write-out-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    NodeGate gate() {
        return nodeGate;
    }

    CacheControl control() {
        return control;
    }

    Mounts mounts() {
        return mounts;
    }

    PageCache cache() {
        return cache;
    }

    Counters counters() {
        return counters;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long incarnation() {
        return incarnation;
    }

    Path temporaryLog() {
        return temporaryLog;
    }

    @Override
    public BlockDevice open(String disk) throws IOException {
        checkUp();
        disks.letGo(disk);
        return disk(disk).open();
    }

    @Override
    public FileSystem fileSystem(String disk) throws IOException {
        return mounts.fileSystems().open(openVolume(disk));
    }

    /** The node's access to the files of a disk; whoever asks for it closes it. */
    NodeVolume openVolume(String disk) throws IOException {
        checkUp();
        return disk(disk).openVolume();
    }

    /** The door to a disk. */
    SharedDisk openDoor(String disk, Gate gate) throws IOException {
        AutoCloseable use = disks.use(
                disk, "node '" + name + "' has it open", () -> disk(disk).letGo());
        try {
            Disk shared = disks.get(disk);
            return new SharedDisk(this, shared, shared.openForDoor(), gate, counters, use);
        } catch (IOException | RuntimeException e) {
            SharedDisk.end(use);
            throw e;
        }
    }

    @Override
    public BlockDevice openForCopy(String disk) throws IOException {
        checkUp();
        return new CopySource(this, disks.get(disk).openForCopy());
    }

    @Override
    public void flush() throws IOException {
        checkUp();
        FirstFailure failures = new FirstFailure();
        known.values().forEach(disk -> failures.collect(disk::force));
        failures.end();
    }

    @Override
    public NodeStatistics statistics() {
        int open = (int) known.values().stream()
                .map(NodeDisk::use)
                .filter(Objects::nonNull)
                .count();
        return counters.statistics(open, cache);
    }

    /** A node that has ended lets nothing through it any more. */
    NodeDisk disk(String disk) {
        NodeDisk found = known.computeIfAbsent(disk, any -> new NodeDisk(this, disk));
        if (ending) {
            found.shut();
        }
        if (gone) {
            found.fenceNow();
        }
        return found;
    }

    Collection<NodeDisk> known() {
        return known.values();
    }

    boolean isGone() {
        return gone;
    }

    /** Whether something may still be read and written out. */
    @Override
    public void check() throws NodeGoneException {
        if (gone) {
            throw new NodeGoneException(name);
        }
    }

    /** Whether something may begin. */
    void checkUp() throws NodeGoneException {
        if (ending) {
            throw new NodeGoneException(name);
        }
    }

    /** Lets no call begin any more. */
    void shut() {
        ending = true;
        known.values().forEach(NodeDisk::shut);
    }

    /** In good order: what was written is durable; from then on the node can write no more. */
    void close() {
        shut();
        known.values().forEach(NodeDisk::drainCalls);
        for (NodeDisk disk : known.values()) {
            try {
                disk.close();
            } catch (IOException e) {
                LOG.warn("node {}: a disk was not closed cleanly", name, e);
            }
        }
        fence();
    }

    /** As the loss of its power: what is in its cache is lost. Returns at once; {@link #fence} waits. */
    void lose() {
        ending = true;
        gone = true;
        known.values().forEach(NodeDisk::fenceNow);
        cache.close();
        mounts.fileSystems().releaseLocks(name);
    }

    /** When this returns, no write of the node is in flight, and none will ever reach a disk (R16). */
    void fence() {
        lose();
        known.values().forEach(NodeDisk::fence);
    }

    /** What it had reserved and opened is free again. After it was fenced. */
    void forget() {
        for (NodeDisk disk : known.values()) {
            try {
                disk.forget();
            } catch (IOException e) {
                LOG.warn("node {}: what it had open was not given back", name, e);
            }
        }
    }
}
