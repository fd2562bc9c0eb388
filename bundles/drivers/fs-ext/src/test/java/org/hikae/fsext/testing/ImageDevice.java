package org.hikae.fsext.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Path;
import java.util.Objects;
import org.hikae.api.block.BlockDevice;

/** An image in memory or in a file, which counts how it is read. */
public final class ImageDevice implements BlockDevice {

    private final FileChannel channel;
    private final byte[] bytes;
    private final long size;
    private long reads;
    private long bytesRead;

    public ImageDevice(byte[] bytes) {
        this.channel = null;
        this.bytes = bytes;
        this.size = bytes.length;
    }

    public ImageDevice(Path file) throws IOException {
        this.channel = FileChannel.open(file);
        this.bytes = null;
        this.size = channel.size();
    }

    public long reads() {
        return reads;
    }

    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int blockSize() {
        return 512;
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        Objects.checkFromIndexSize(offset, dst.remaining(), size);
        reads++;
        bytesRead += dst.remaining();
        if (channel == null) {
            dst.put(bytes, (int) offset, dst.remaining());
            return;
        }
        long at = offset;
        while (dst.hasRemaining()) {
            at += channel.read(dst, at);
        }
    }

    @Override
    public void write(ByteBuffer src, long offset) {
        throw new NonWritableChannelException();
    }

    @Override
    public void zero(long offset, long length) {
        throw new NonWritableChannelException();
    }

    @Override
    public void force() {}

    @Override
    public boolean readOnly() {
        return true;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
