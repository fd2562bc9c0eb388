package org.hikae.shell.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;

/** A disk in memory, as every node sees it. */
final class MemoryDevice implements BlockDevice {

    final byte[] bytes;
    int reads;
    /** After so many reads, reading fails; -1: never. */
    int failAfter = -1;

    MemoryDevice(int size) {
        bytes = new byte[size];
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int blockSize() {
        return 512;
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        if (reads++ == failAfter) {
            throw new IOException("disk data is damaged at " + offset);
        }
        dst.put(bytes, (int) offset, dst.remaining());
    }

    @Override
    public void write(ByteBuffer src, long offset) {
        src.get(bytes, (int) offset, src.remaining());
    }

    @Override
    public void zero(long offset, long length) {
        java.util.Arrays.fill(bytes, (int) offset, (int) (offset + length), (byte) 0);
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
