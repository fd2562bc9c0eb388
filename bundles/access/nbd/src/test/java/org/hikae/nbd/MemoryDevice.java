package org.hikae.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.hikae.api.block.BlockDevice;

/** A device in memory that says what was done to it, and fails or waits when told to. */
class MemoryDevice implements BlockDevice {

    static final int BLOCK = 512;

    final byte[] content;
    /** Whether each block is allocated. */
    final boolean[] allocated;

    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    volatile Throwable failure;
    volatile boolean readOnly;
    volatile boolean closed;
    volatile Runnable before = () -> {};

    MemoryDevice(int size) {
        content = new byte[size];
        allocated = new boolean[(size + BLOCK - 1) / BLOCK];
    }

    private void begin(String call) throws IOException {
        before.run();
        calls.add(call);
        if (failure instanceof IOException io) {
            throw io;
        } else if (failure instanceof RuntimeException runtime) {
            throw runtime;
        } else if (failure instanceof Error error) {
            throw error;
        } else if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public int blockSize() {
        return BLOCK;
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        Objects.checkFromIndexSize(offset, dst.remaining(), size());
        begin("read " + offset + "+" + dst.remaining());
        synchronized (this) {
            dst.put(content, (int) offset, dst.remaining());
        }
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        Objects.checkFromIndexSize(offset, src.remaining(), size());
        begin("write " + offset + "+" + src.remaining());
        checkWritable();
        synchronized (this) {
            mark(offset, src.remaining(), true);
            src.get(content, (int) offset, src.remaining());
        }
    }

    @Override
    public void zero(long offset, long length) throws IOException {
        Objects.checkFromIndexSize(offset, length, size());
        begin("zero " + offset + "+" + length);
        checkWritable();
        synchronized (this) {
            Arrays.fill(content, (int) offset, (int) (offset + length), (byte) 0);
            for (int i = 0; i < allocated.length; i++) {
                long start = (long) i * BLOCK;
                if (start >= offset && Math.min(size(), start + BLOCK) <= offset + length) {
                    allocated[i] = false;
                }
            }
        }
    }

    private void checkWritable() {
        if (readOnly) {
            throw new NonWritableChannelException();
        }
    }

    private void mark(long offset, int length, boolean to) {
        for (long at = offset; at < offset + length; at++) {
            allocated[(int) (at / BLOCK)] = to;
        }
    }

    @Override
    public void force() throws IOException {
        begin("force");
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public long nextData(long offset) throws IOException {
        begin("nextData " + offset);
        return next(offset, true);
    }

    @Override
    public long nextHole(long offset) throws IOException {
        begin("nextHole " + offset);
        return next(offset, false);
    }

    private synchronized long next(long offset, boolean data) {
        int block = (int) (offset / BLOCK);
        while (block < allocated.length && allocated[block] != data) {
            block++;
        }
        return block == allocated.length ? size() : Math.max(offset, (long) block * BLOCK);
    }

    @Override
    public void close() {
        closed = true;
        calls.add("close");
    }
}
