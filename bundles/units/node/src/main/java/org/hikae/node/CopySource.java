package org.hikae.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.ReadOnlyBlockDevice;

/** What a copying worker of a node reads from; it ends with the node. */
final class CopySource implements ReadOnlyBlockDevice {

    private final LocalNode node;
    private final BlockDevice device;

    CopySource(LocalNode node, BlockDevice device) {
        this.node = node;
        this.device = device;
    }

    @Override
    public long size() {
        return device.size();
    }

    @Override
    public int blockSize() {
        return device.blockSize();
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        node.check();
        device.read(dst, offset);
    }

    @Override
    public long nextData(long offset) throws IOException {
        node.check();
        return device.nextData(offset);
    }

    @Override
    public long nextHole(long offset) throws IOException {
        node.check();
        return device.nextHole(offset);
    }

    @Override
    public void close() throws IOException {
        device.close();
    }
}
