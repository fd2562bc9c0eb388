package org.hikae.node;

import java.io.IOException;
import java.util.List;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.CachedRegion;
import org.hikae.io.FirstFailure;
import org.hikae.node.cache.CoherentFile;
import org.hikae.node.cache.FileVolume;
import org.hikae.node.cache.WholeDisk;

/** How a node uses a disk, from the first handle on it to the last. Handles are counted under the monitor of its NodeDisk. */
abstract sealed class DiskUse {

    final SharedDisk door;
    private volatile int handles;

    private DiskUse(SharedDisk door) {
        this.door = door;
    }

    final void take() {
        handles = handles + 1;
    }

    /** Whether that was the last handle. */
    final boolean release() {
        handles = handles - 1;
        return handles == 0;
    }

    final boolean isIdle() {
        return handles == 0;
    }

    /** What is used of it; null if the node has nothing of the file. */
    abstract CoherentFile find(CachedFile file);

    abstract void flush() throws IOException;

    abstract void force() throws IOException;

    abstract long dirtyBytes();

    abstract List<CachedRegion> regions();

    /** Makes all durable, gives up all leases, and closes the door, whatever fails. */
    abstract void close() throws IOException;

    /** Closes the door of a node that is gone, with what was not written out. */
    abstract void forget() throws IOException;

    /** As one file. */
    static final class Whole extends DiskUse {

        private final WholeDisk file;
        private final AutoCloseable claim;

        Whole(SharedDisk door, WholeDisk file, AutoCloseable claim) {
            super(door);
            this.file = file;
            this.claim = claim;
        }

        WholeDisk acquire() {
            take();
            return file;
        }

        @Override
        CoherentFile find(CachedFile wanted) {
            return wanted.equals(file.id()) ? file : null;
        }

        @Override
        void flush() throws IOException {
            file.flush();
        }

        @Override
        void force() throws IOException {
            file.force();
        }

        @Override
        long dirtyBytes() {
            return file.dirtyBytes();
        }

        @Override
        List<CachedRegion> regions() {
            return file.regions();
        }

        @Override
        void close() throws IOException {
            FirstFailure failures = new FirstFailure();
            failures.collect(file::close);
            failures.collect(door::close);
            SharedDisk.end(claim);
            failures.end();
        }

        @Override
        void forget() throws IOException {
            try {
                door.close();
            } finally {
                SharedDisk.end(claim);
            }
        }
    }

    /** As a file system. */
    static final class Files extends DiskUse {

        private final FileVolume volume;
        private final Mounts.Mount mount;
        private final long opener;

        Files(SharedDisk door, FileVolume volume, Mounts.Mount mount, long opener) {
            super(door);
            this.volume = volume;
            this.mount = mount;
            this.opener = opener;
        }

        FileVolume acquire() {
            take();
            return volume;
        }

        @Override
        CoherentFile find(CachedFile file) {
            return volume.find(file);
        }

        @Override
        void flush() throws IOException {
            volume.flush();
        }

        @Override
        void force() throws IOException {
            volume.force();
        }

        @Override
        long dirtyBytes() {
            return volume.dirtyBytes();
        }

        @Override
        List<CachedRegion> regions() {
            return volume.regions();
        }

        @Override
        void close() throws IOException {
            FirstFailure failures = new FirstFailure();
            failures.collect(volume::force);
            failures.collect(volume::release);
            end(failures);
        }

        @Override
        void forget() throws IOException {
            end(new FirstFailure());
        }

        private void end(FirstFailure failures) throws IOException {
            failures.collect(() -> mount.files().forget(opener));
            failures.collect(mount::close);
            failures.collect(door::close);
            failures.end();
        }
    }
}
