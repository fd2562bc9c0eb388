package org.hikae.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    /** The doors that are open, by disk. Guarded by itself. */
    private final Map<String, SharedDisk> doors = new HashMap<>();

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

    @Override
    public BlockDevice open(String disk) throws IOException {
        synchronized (doors) {
            check();
            SharedDisk door = doors.get(disk);
            if (door == null) {
                door = openDoor(disk);
                doors.put(disk, door);
            }
            return new DoorHandle(door, () -> giveBack(disk));
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

    /** The last handle of a door closes it, so that an idle disk can be removed. */
    private void giveBack(String disk) throws IOException {
        SharedDisk last = null;
        synchronized (doors) {
            SharedDisk door = doors.get(disk);
            if (door != null && door.release() == 0) {
                last = doors.remove(disk);
            }
        }
        // Outside the lock, for it forces. Should somebody open the disk meanwhile, both doors pass the same gate.
        if (last != null) {
            last.close();
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

    /** Ends the writes in flight; from then on the node can write no more: the fence of a node in this JVM. */
    void close() {
        closed = true;
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
        synchronized (doors) {
            return new ArrayList<>(doors.values());
        }
    }
}
