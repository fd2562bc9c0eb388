package org.hikae.node;

import java.io.IOException;
import java.nio.file.Path;
import org.hikae.api.cache.CacheControl;
import org.hikae.api.cache.NodeGate;
import org.hikae.api.disk.Disks;
import org.hikae.api.node.NodeSettings;
import org.hikae.node.cache.PageCache;

/**
 * The manager's own node (12): what it writes of file systems' metadata passes a door like any node's (R5), and cache control
 * brings it to the instant like any node (R4). It has no files open itself. Thread-safe.
 */
final class Manager {

    private static final String NAME = "(manager)";

    private final LocalNode node;
    private final Mounts mounts;
    private final NodeGate gate;

    Manager(long incarnation, Path temporaryLog, Disks disks, CacheControl control) {
        this.mounts = new Mounts(disks, this::openDoor);
        this.node = new LocalNode(
                NAME, incarnation, new NodeSettings(PageCache.SMALLEST, temporaryLog), disks, control, mounts);
        this.gate = new LocalNodeGate(node) {
            @Override
            public void commit(String disk) throws IOException {
                mounts.commit(disk);
            }
        };
    }

    private SharedDisk openDoor(String disk) throws IOException {
        return node.openDoor(disk, node.disk(disk).door());
    }

    Mounts mounts() {
        return mounts;
    }

    NodeGate gate() {
        return gate;
    }

    void close() {
        mounts.close();
        node.close();
    }
}
