package org.hikae.fsext.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.fs.FileSystemRefusedException;

/**
 * The blocks of a file system on its device. Single blocks are read with what surrounds them, and kept for a while, since
 * what belongs together lies close together. For one thread at a time.
 */
public final class Blocks {

    /** No block is larger. */
    private static final int CHUNK_BYTES = 64 << 10;

    /** 32 MiB: the inodes of a directory of 100,000 files, which come in no order. */
    private static final int CHUNKS = 512;

    private final BlockDevice device;
    private final int blockSize;
    private final long count;
    /** By number, the one used longest ago first. */
    private final Map<Long, ByteBuffer> chunks = new LinkedHashMap<>(2 * CHUNKS, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ByteBuffer> eldest) {
            return size() > CHUNKS;
        }
    };

    public Blocks(BlockDevice device, int blockSize, long count) {
        this.device = device;
        this.blockSize = blockSize;
        this.count = count;
    }

    public int size() {
        return blockSize;
    }

    public long count() {
        return count;
    }

    /**
     * A block.
     *
     * @param structure what is in it, for the message if there is no such block
     */
    public Fields read(long block, String structure) throws IOException {
        check(block, 1, structure);
        return bytes(block * blockSize, blockSize);
    }

    /** Bytes that lie within one block. */
    public Fields bytes(long offset, int length) throws IOException {
        ByteBuffer chunk = chunks.get(offset / CHUNK_BYTES);
        if (chunk == null) {
            try {
                chunk = readChunk(offset / CHUNK_BYTES);
            } catch (IOException e) {
                return alone(offset, length, e);
            }
        }
        return new Fields(chunk.slice((int) (offset % CHUNK_BYTES), length));
    }

    private ByteBuffer readChunk(long number) throws IOException {
        long start = number * CHUNK_BYTES;
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, device.size() - start));
        device.read(chunk, start);
        chunks.put(number, chunk.flip());
        return chunk;
    }

    /** What surrounds it may not be there: a generation of a group has nothing of other files (b.6). */
    private Fields alone(long offset, int length, IOException around) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try {
            device.read(bytes, offset);
        } catch (IOException e) {
            e.addSuppressed(around);
            throw e;
        }
        return new Fields(bytes.flip());
    }

    /** Reads blocks from {@code block} on until the buffer, which takes a multiple of them, is full. */
    public void read(ByteBuffer dst, long block, String structure) throws IOException {
        check(block, dst.remaining() / blockSize, structure);
        device.read(dst, block * blockSize);
    }

    /** @throws FileSystemRefusedException if not all of the blocks are there */
    public void check(long block, long number, String structure) throws FileSystemRefusedException {
        if (block < 0 || number < 0 || block > count || number > count - block) {
            throw new FileSystemRefusedException(
                    structure, block, "it lies outside of the file system, which has " + count + " blocks");
        }
    }
}
