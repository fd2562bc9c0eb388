package org.hikae.itests.platform;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.hikae.api.block.ReadOnlyBlockDevice;

/** The file of a disk, or a copy of it, read past the platform. */
final class ImageDevice implements ReadOnlyBlockDevice {
    private final FileChannel file;
    private final long size;
    private final int blockSize;

    ImageDevice(Path path, int blockSize) throws IOException {
        this.file = FileChannel.open(path);
        this.size = file.size();
        this.blockSize = blockSize;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int blockSize() {
        return blockSize;
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        long at = offset;
        while (dst.hasRemaining()) {
            int count = file.read(dst, at);
            if (count < 0) {
                throw new EOFException("the image ends at " + at);
            }
            at += count;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
