package org.hikae.fs.shared.testing;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.hikae.api.block.BlockDevice;

/** A disk in a file, which takes space only for what was written. */
public final class ImageDevice implements BlockDevice {

    private final FileChannel channel;
    private final long size;

    public ImageDevice(Path file, long size) throws IOException {
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.size = size;
        if (channel.size() < size) {
            channel.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int blockSize() {
        return Rig.BLOCK;
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        Objects.checkFromIndexSize(offset, dst.remaining(), size);
        for (long at = offset; dst.hasRemaining(); ) {
            int read = channel.read(dst, at);
            if (read < 0) {
                throw new EOFException();
            }
            at += read;
        }
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        Objects.checkFromIndexSize(offset, src.remaining(), size);
        for (long at = offset; src.hasRemaining(); ) {
            at += channel.write(src, at);
        }
    }

    @Override
    public void zero(long offset, long length) throws IOException {
        write(ByteBuffer.allocate(Math.toIntExact(length)), offset);
    }

    @Override
    public void force() throws IOException {
        channel.force(false);
    }

    @Override
    public boolean readOnly() {
        return false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
