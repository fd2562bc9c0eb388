package org.hikae.node.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.hikae.api.block.BlockDevice;

/** A disk in memory, however large it says it is. It can be made to fail, and to let writes wait. */
public class TestDevice implements BlockDevice {

    private final long size;
    private final int blockSize;
    /** Blocks that were written; each is replaced as a whole. */
    private final Map<Long, byte[]> blocks = new ConcurrentSkipListMap<>();

    private final Map<Long, Integer> writes = new ConcurrentHashMap<>();
    public volatile boolean failing;
    public volatile boolean forceFails;
    /** Called before each write. */
    public volatile Runnable beforeWrite = () -> {};

    public volatile int forces;

    public TestDevice(long size, int blockSize) {
        this.size = size;
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
    public boolean readOnly() {
        return false;
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        check(offset, dst.remaining());
        long at = offset;
        while (dst.hasRemaining()) {
            int from = (int) (at % blockSize);
            int length = Math.min(blockSize - from, dst.remaining());
            dst.put(block(at / blockSize), from, length);
            at += length;
        }
    }

    private byte[] block(long number) {
        return blocks.getOrDefault(number, new byte[blockSize]);
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        beforeWrite.run();
        check(offset, src.remaining());
        if (failing) {
            throw new IOException("the disk is broken");
        }
        long at = offset;
        while (src.hasRemaining()) {
            int from = (int) (at % blockSize);
            int length = Math.min(blockSize - from, src.remaining());
            byte[] block = block(at / blockSize).clone();
            src.get(block, from, length);
            blocks.put(at / blockSize, block);
            writes.merge(at / blockSize, 1, Integer::sum);
            at += length;
        }
    }

    /** How often a block was written. */
    public int writes(long block) {
        return writes.getOrDefault(block, 0);
    }

    @Override
    public void zero(long offset, long length) throws IOException {
        for (long at = offset; at < offset + length; at += blockSize) {
            write(ByteBuffer.allocate((int) Math.min(blockSize, offset + length - at)), at);
        }
    }

    private void check(long offset, long length) {
        if (offset < 0 || length < 0 || offset > size - length) {
            throw new IndexOutOfBoundsException(offset + " + " + length + " of " + size);
        }
    }

    @Override
    public void force() throws IOException {
        if (forceFails) {
            throw new IOException("the disk lost something");
        }
        forces++;
    }

    /** A copy as it is now. */
    public TestDevice copy() {
        TestDevice copy = new TestDevice(size, blockSize);
        copy.blocks.putAll(blocks);
        return copy;
    }

    @Override
    public void close() {}
}
