package org.hikae.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;
import org.hikae.io.FirstFailure;
import org.hikae.node.cache.Busy;

/** One user's hold on a disk as a whole, which stays open until its last handle is closed. */
final class DoorHandle implements BlockDevice {

    private final BlockDevice disk;
    /** The last handle closes the disk: nothing must be written after that. */
    private final Busy busy;

    DoorHandle(BlockDevice disk, FirstFailure.Attempt release) {
        this.disk = disk;
        this.busy = new Busy(release);
    }

    @Override
    public long size() {
        return disk.size();
    }

    @Override
    public int blockSize() {
        return disk.blockSize();
    }

    @Override
    public boolean readOnly() {
        return disk.readOnly();
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        busy.run(() -> disk.read(dst, offset));
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        busy.run(() -> disk.write(src, offset));
    }

    @Override
    public void zero(long offset, long length) throws IOException {
        busy.run(() -> disk.zero(offset, length));
    }

    @Override
    public void force() throws IOException {
        busy.run(disk::force);
    }

    @Override
    public long nextData(long offset) throws IOException {
        return busy.call(() -> disk.nextData(offset));
    }

    @Override
    public long nextHole(long offset) throws IOException {
        return busy.call(() -> disk.nextHole(offset));
    }

    @Override
    public void close() throws IOException {
        busy.close();
    }
}
