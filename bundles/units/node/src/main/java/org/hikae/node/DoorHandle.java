package org.hikae.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.block.BlockDevice;
import org.hikae.node.cache.Failures;

/** One user's hold on a disk as a whole, which stays open until its last handle is closed. */
final class DoorHandle implements BlockDevice {

    private final BlockDevice disk;
    private final Failures.Attempt release;
    private final AtomicBoolean closed = new AtomicBoolean();

    DoorHandle(BlockDevice disk, Failures.Attempt release) {
        this.disk = disk;
        this.release = release;
    }

    private BlockDevice disk() throws ClosedChannelException {
        if (closed.get()) {
            throw new ClosedChannelException();
        }
        return disk;
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
        disk().read(dst, offset);
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        disk().write(src, offset);
    }

    @Override
    public void zero(long offset, long length) throws IOException {
        disk().zero(offset, length);
    }

    @Override
    public void force() throws IOException {
        disk().force();
    }

    @Override
    public long nextData(long offset) throws IOException {
        return disk().nextData(offset);
    }

    @Override
    public long nextHole(long offset) throws IOException {
        return disk().nextHole(offset);
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
