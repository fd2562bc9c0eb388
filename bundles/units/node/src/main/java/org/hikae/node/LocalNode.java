package org.hikae.node;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.node.Node;
import org.hikae.api.node.NodeGoneException;
import org.hikae.api.node.NodeStatistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A logical node (11) in this JVM, which writes through. */
final class LocalNode implements Node {

    private static final Logger LOG = LoggerFactory.getLogger(LocalNode.class);

    private final String name;
    private final long incarnation;
    private final Disks disks;
    private final Counters counters = new Counters();
    /** One for each disk that the node or cache control ever asked for. */
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    /** One for each disk that was ever opened. */
    private final Map<String, Doorway> doorways = new ConcurrentHashMap<>();

    private final LocalNodeGate nodeGate;
    private volatile boolean closed;

    LocalNode(String name, long incarnation, Disks disks) {
        this.name = name;
        this.incarnation = incarnation;
        this.disks = disks;
        this.nodeGate = new LocalNodeGate(this);
    }

    NodeGate gate() {
        return nodeGate;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long incarnation() {
        return incarnation;
    }

    /** Where the door to a disk is, if it is open. Its monitor is held while it opens or closes, which is I/O. */
    private static final class Doorway {
        /** Written under the monitor; null: closed. */
        private volatile SharedDisk door;
    }

    @Override
    public BlockDevice open(String disk) throws IOException {
        Doorway doorway = doorways.computeIfAbsent(disk, any -> new Doorway());
        synchronized (doorway) {
            check();
            if (doorway.door == null) {
                doorway.door = openDoor(disk);
            }
            return new DoorHandle(doorway.door, () -> giveBack(doorway));
        }
    }

    private SharedDisk openDoor(String disk) throws IOException {
        AutoCloseable use = disks.use(disk, "node '" + name + "' has it open");
        try {
            Disk shared = disks.get(disk);
            return new SharedDisk(this, shared, shared.openForDoor(), gate(disk), counters, use);
        } catch (IOException e) {
            SharedDisk.end(use);
            throw e;
        }
    }

    /** The last handle of a door closes it, so that an idle disk can be removed. Until it is forced, flushes see it. */
    private void giveBack(Doorway doorway) throws IOException {
        synchronized (doorway) {
            if (doorway.door.release() == 0) {
                try {
                    doorway.door.close();
                } finally {
                    doorway.door = null;
                }
            }
        }
    }

    @Override
    public BlockDevice openForCopy(String disk) throws IOException {
        check();
        return new CopySource(this, disks.get(disk).openForCopy());
    }

    @Override
    public void flush() throws IOException {
        check();
        IOException failure = null;
        for (SharedDisk door : openDoors()) {
            try {
                door.force();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public NodeStatistics statistics() {
        return counters.statistics(openDoors().size());
    }

    Gate gate(String disk) {
        Gate gate = gates.computeIfAbsent(disk, any -> new Gate(System::nanoTime));
        if (closed) {
            gate.shut();
        }
        return gate;
    }

    void check() throws NodeGoneException {
        if (closed) {
            throw new NodeGoneException(name);
        }
    }

    /** Lets no write begin any more. */
    void shut() {
        closed = true;
        gates.values().forEach(Gate::shut);
    }

    /** Ends the writes in flight; from then on the node can write no more: the fence of a node in this JVM. */
    void close() {
        shut();
        gates.values().forEach(Gate::close);
        for (SharedDisk door : openDoors()) {
            try {
                door.close();
            } catch (IOException e) {
                LOG.warn("node {}: disk {} was not closed cleanly", name, door.disk(), e);
            }
        }
    }

    private List<SharedDisk> openDoors() {
        return doorways.values().stream()
                .map(doorway -> doorway.door)
                .filter(Objects::nonNull)
                .toList();
    }
}
