package org.hikae.copy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.copy.BackUpCopy;
import org.hikae.api.media.BlockWriter;

/** Copies one chunk after the other, without what the log has by then (a.4). One worker's. */
final class ChunkCopy {

    private final BackUpWorker.Shared shared;
    private final BackUpCopy copy;
    private final String node;
    private final BlockDevice source;
    private final BlockWriter writer;
    private final int blockSize;
    private final ByteBuffer buffer;
    /** What is left of the chunk; null: nothing. */
    private DiskChunks.Chunk rest;

    /**
     * @param node name of the node through which it reads
     * @param buffer of {@link BlockWriter#FRAME_BYTES}
     */
    ChunkCopy(BackUpWorker.Shared shared, String node, BlockDevice source, BlockWriter writer, ByteBuffer buffer) {
        this.shared = shared;
        this.copy = shared.copy();
        this.node = node;
        this.source = source;
        this.writer = writer;
        this.buffer = buffer;
        this.blockSize = copy.disk().blockSize();
    }

    /**
     * Copies a chunk.
     *
     * @return how many bytes were read
     * @throws org.hikae.api.node.NodeGoneException if the node was removed; {@link #rest} was not read then
     */
    long copy(DiskChunks.Chunk chunk) throws IOException {
        rest = chunk;
        long read = 0;
        for (BlockRun run : copy.copied().toCopy(chunk.run())) {
            leaveOutUpTo(run.first());
            read += copy(run);
            advance(run.end());
        }
        leaveOutUpTo(chunk.run().end());
        return read;
    }

    /** What is left of the chunk: a published block is not in it, since it must never be read again (R7). */
    DiskChunks.Chunk rest() {
        return rest;
    }

    private long copy(BlockRun run) throws IOException {
        if (rest.hole()) {
            writer.zeros(run);
            shared.tally().zero.add(bytes(run));
            copy.copied().copied(run);
            return 0;
        }
        int length = (int) bytes(run);
        read(run, length);
        writer.write(run, buffer);
        shared.tally().read(node, length);
        copy.copied().copied(run);
        return length;
    }

    /** Reads whole blocks; what the end of the disk cuts off a short one is zeros. */
    private void read(BlockRun run, int length) throws IOException {
        buffer.clear().limit(length);
        source.read(buffer, run.first() * blockSize);
        buffer.limit(Math.toIntExact(run.count() * blockSize));
        while (buffer.hasRemaining()) {
            buffer.put((byte) 0);
        }
        buffer.flip();
    }

    private void leaveOutUpTo(long end) {
        if (rest != null && end > rest.run().first()) {
            shared.tally().leftOut.add(bytes(upTo(end)));
            advance(end);
        }
    }

    private void advance(long end) {
        BlockRun run = rest.run();
        shared.progress().advance(bytes(upTo(end)));
        rest = end < run.end() ? new DiskChunks.Chunk(new BlockRun(end, run.end() - end), rest.hole()) : null;
    }

    private BlockRun upTo(long end) {
        long first = rest.run().first();
        return new BlockRun(first, end - first);
    }

    /** Bytes of the run that lie within the disk. */
    private long bytes(BlockRun run) {
        long left = source.size() - run.first() * blockSize;
        return run.count() > left / blockSize ? left : run.count() * blockSize;
    }
}
