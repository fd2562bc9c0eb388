package org.hikae.fs.shared.store.region;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;

/** A part of a device; places are bytes from its start. Thread-safe. */
public final class Span {

    private final BlockDevice device;
    private final long offset;
    private final long size;
    private final int blockSize;

    /** @param blockSize of the file system, by which errors name places */
    public Span(BlockDevice device, long offset, long size, int blockSize) {
        this.device = device;
        this.offset = offset;
        this.size = size;
        this.blockSize = blockSize;
    }

    /** A part of this one. */
    public Span part(long from, long length) {
        return new Span(device, offset + from, length, blockSize);
    }

    /** Bytes. */
    public long size() {
        return size;
    }

    /** Fills the buffer. */
    public void read(ByteBuffer dst, long at) throws IOException {
        check(at, dst.remaining());
        device.read(dst, offset + at);
    }

    public void write(ByteBuffer src, long at) throws IOException {
        check(at, src.remaining());
        device.write(src, offset + at);
    }

    /** Makes all of it read as zeros. */
    public void zero() throws IOException {
        device.zero(offset, size);
    }

    /** Makes durable whatever was written to the device, by anybody. */
    public void force() throws IOException {
        device.force();
    }

    /** The block of the file system in which a place lies. */
    public long block(long at) {
        return (offset + at) / blockSize;
    }

    private void check(long at, int length) {
        if (at < 0 || at > size - length) {
            throw new IndexOutOfBoundsException(length + " bytes at " + at + " of " + size);
        }
    }
}
