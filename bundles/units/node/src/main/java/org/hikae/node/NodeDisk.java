package org.hikae.node;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.CachedRegion;
import org.hikae.api.cache.Lease;
import org.hikae.api.node.NodeGoneException;
import org.hikae.node.cache.CoherentFile;
import org.hikae.node.cache.FileVolume;
import org.hikae.node.cache.NodeAccess;
import org.hikae.node.cache.OpenVolume;
import org.hikae.node.cache.VolumeHandle;
import org.hikae.node.cache.WholeDisk;
import org.hikae.node.volume.NodeVolume;

/** A shared disk on a node: its gates, and how it is used at the moment, as a whole or as a file system. Thread-safe. */
final class NodeDisk implements NodeAccess {

    private final LocalNode node;
    private final String disk;
    /** Calls pass it above the cache. */
    private final Gate calls = new Gate(System::nanoTime);
    /** What is written out passes it below the cache. */
    private final Gate door = new Gate(System::nanoTime);
    /** What the manager is told passes it; it is never held. */
    private final Gate manager = new Gate(System::nanoTime);

    /** Written under the monitor, which is held while the disk is opened or closed, which is I/O; null: not open. */
    private volatile DiskUse use;
    /** Closes the files that nobody uses any more; null while somebody does. Guarded by this. */
    private ScheduledFuture<?> end;

    NodeDisk(LocalNode node, String disk) {
        this.node = node;
        this.disk = disk;
    }

    Gate calls() {
        return calls;
    }

    Gate door() {
        return door;
    }

    DiskUse use() {
        return use;
    }

    /** The disk as a whole. */
    synchronized BlockDevice open() throws IOException {
        node.checkUp();
        if (use == null) {
            use = openWhole();
        }
        if (!(use instanceof DiskUse.Whole whole)) {
            throw new IOException("node '" + node.name() + "' has files of disk '" + disk
                    + "' open: close them, or use 'fs' commands on it instead");
        }
        return new DoorHandle(whole.acquire(), this::giveBack);
    }

    private DiskUse openWhole() throws IOException {
        AutoCloseable claim = node.mounts().claimWhole(disk);
        try {
            SharedDisk opened = node.openDoor(disk, door);
            WholeDisk file = new WholeDisk(CachedFile.disk(disk), this, node.cache(), node.counters(), opened);
            return new DiskUse.Whole(opened, file, claim);
        } catch (IOException | RuntimeException e) {
            SharedDisk.end(claim);
            throw e;
        }
    }

    /** The files on the disk. */
    synchronized NodeVolume openVolume() throws IOException {
        node.checkUp();
        if (use == null) {
            use = openFiles();
        }
        cancelEnd();
        if (!(use instanceof DiskUse.Files files)) {
            throw new IOException("disk '" + disk + "' is open as a whole on node '" + node.name()
                    + "': close it, and the exports of it, before its files are used");
        }
        return new VolumeHandle(node.name(), disk, files.acquire(), this::giveBack);
    }

    private DiskUse openFiles() throws IOException {
        Mounts.Mount mount = node.mounts().join(disk);
        try {
            SharedDisk opened = node.openDoor(disk, door);
            OpenVolume volume = new OpenVolume(
                    this, node.cache(), node.counters(), mount.files(), opened, node.incarnation(), Clock.systemUTC());
            return new DiskUse.Files(opened, new FileVolume(disk, volume), mount, node.incarnation());
        } catch (IOException | RuntimeException e) {
            mount.close();
            throw e;
        }
    }

    /** The last handle closes the disk; its files stay open for a while, since commands follow each other. */
    private synchronized void giveBack() throws IOException {
        DiskUse given = use;
        if (given != null && given.release()) {
            if (given instanceof DiskUse.Files) {
                closeLater();
            } else {
                close();
            }
        }
    }

    private void cancelEnd() {
        if (end != null) {
            end.cancel(false);
            end = null;
        }
    }

    /** Closes the disk, if it is kept open without need. Who only opens a disk too does not wait for one that is in use. */
    void letGo() throws IOException {
        if (use instanceof DiskUse.Files files && files.isIdle()) {
            closeIfIdle();
        }
    }

    /** What cannot be written out now may be later: it stays, as long as nobody needs the disk to be closed. */
    private synchronized void closeIfIdle() throws IOException {
        if (use == null || !use.isIdle()) {
            return;
        }
        boolean written = false;
        try {
            use.force();
            written = true;
        } finally {
            if (!written) {
                closeLater();
            }
        }
        close();
    }

    private void closeLater() {
        cancelEnd();
        end = node.mounts().later(this::letGo);
    }

    /** In good order: all that was written is written out. Nobody is inside any more. */
    synchronized void close() throws IOException {
        DiskUse ending = use;
        cancelEnd();
        try {
            if (ending != null) {
                ending.close();
            }
        } finally {
            use = null;
        }
    }

    /** After the node was fenced: what it had reserved is free again. */
    synchronized void forget() throws IOException {
        DiskUse ending = use;
        cancelEnd();
        use = null;
        if (ending != null) {
            ending.forget();
        }
    }

    CoherentFile find(CachedFile file) {
        DiskUse current = use;
        return current == null ? null : current.find(file);
    }

    void flush() throws IOException {
        DiskUse current = use;
        if (current != null) {
            current.flush();
        }
    }

    void force() throws IOException {
        DiskUse current = use;
        if (current != null) {
            current.force();
        }
    }

    long dirtyBytes() {
        DiskUse current = use;
        return current == null ? 0 : current.dirtyBytes();
    }

    List<CachedRegion> regions() {
        DiskUse current = use;
        return current == null ? List.of() : current.regions();
    }

    /** Lets no call begin any more. */
    void shut() {
        calls.shut();
    }

    /** Waits for the calls that were let in. */
    void drainCalls() {
        calls.close();
    }

    /** Lets nothing pass any more, and waits for what is under way: from then on the node changes nothing (R16). */
    void fence() {
        calls.shut();
        door.close();
        manager.close();
    }

    /** As {@link #fence}, but does not wait. */
    void fenceNow() {
        calls.shut();
        door.shut();
        manager.shut();
    }

    @Override
    public String name() {
        return node.name();
    }

    @Override
    public void acquire(CachedFile file, List<Lease> needs) throws IOException {
        node.control().acquire(node.gate(), file, needs);
    }

    @Override
    public void release(CachedFile file) {
        if (!node.isGone()) {
            node.control().release(node.gate(), file);
        }
    }

    @Override
    public boolean isGone() {
        return node.isGone();
    }

    @Override
    public void check() throws NodeGoneException {
        node.check();
    }

    @Override
    public Inside enter() throws NodeGoneException {
        return enter(calls);
    }

    @Override
    public Inside enterManager() throws NodeGoneException {
        return enter(manager);
    }

    private Inside enter(Gate gate) throws NodeGoneException {
        Gate.Regime regime = gate.enter();
        if (regime == null) {
            throw new NodeGoneException(node.name());
        }
        return () -> gate.leave(regime);
    }
}
