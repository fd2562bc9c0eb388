package org.hikae.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;

/** A disk in memory, each block of which is filled with its number, from 1. */
class MemoryDevice implements BlockDevice {

    private final int blockSize;
    /** Guarded by itself. */
    private final ByteBuffer content;

    MemoryDevice(int blocks, int blockSize) {
        this.blockSize = blockSize;
        content = ByteBuffer.allocate(blocks * blockSize);
        for (int i = 0; i < content.capacity(); i++) {
            content.put(i, (byte) (i / blockSize + 1));
        }
    }

    @Override
    public long size() {
        return content.capacity();
    }

    @Override
    public int blockSize() {
        return blockSize;
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        synchronized (content) {
            dst.put(content.slice((int) offset, dst.remaining()));
        }
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        synchronized (content) {
            content.slice((int) offset, src.remaining()).put(src);
        }
    }

    @Override
    public void zero(long offset, long length) throws IOException {
        write(ByteBuffer.allocate((int) length), offset);
    }

    @Override
    public void force() {}

    @Override
    public boolean readOnly() {
        return false;
    }

    @Override
    public void close() {}
}
