package org.hikae.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.block.BlockDevice;

/** One user's hold on a door, which stays open until its last handle is closed. */
final class DoorHandle implements BlockDevice {

    private final SharedDisk door;
    private final Release release;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Called under the lock of the door's doorway. */
    DoorHandle(SharedDisk door, Release release) {
        this.door = door;
        this.release = release;
        door.acquire();
    }

    private SharedDisk door() throws ClosedChannelException {
        if (closed.get()) {
            throw new ClosedChannelException();
        }
        return door;
    }

    @Override
    public long size() {
        return door.size();
    }

    @Override
    public int blockSize() {
        return door.blockSize();
    }

    @Override
    public boolean readOnly() {
        return door.readOnly();
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        door().read(dst, offset);
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        door().write(src, offset);
    }

    @Override
    public void zero(long offset, long length) throws IOException {
        door().zero(offset, length);
    }

    @Override
    public void force() throws IOException {
        door().force();
    }

    @Override
    public long nextData(long offset) throws IOException {
        return door().nextData(offset);
    }

    @Override
    public long nextHole(long offset) throws IOException {
        return door().nextHole(offset);
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }

    /** What closing the handle does. */
    @FunctionalInterface
    interface Release {
        void run() throws IOException;
    }
}
