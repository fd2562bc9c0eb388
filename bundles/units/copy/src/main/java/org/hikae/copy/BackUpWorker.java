package org.hikae.copy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.copy.BackUpCopy;
import org.hikae.api.job.Progress;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.node.Node;
import org.hikae.api.node.NodeGoneException;
import org.hikae.io.Buffers;

/** Reads chunks through one node and writes them into the generation, until there are none. */
final class BackUpWorker implements Workers.Work {

    private final BackUpCopy copy;
    private final Node node;
    private final DiskChunks chunks;
    private final Set<Node> gone;
    private final RateLimit limit;
    private final Tally tally;
    private final Progress progress;
    private final int blockSize;

    /** @param gone where the node joins if it is removed meanwhile */
    BackUpWorker(
            BackUpCopy copy,
            Node node,
            DiskChunks chunks,
            Set<Node> gone,
            RateLimit limit,
            Tally tally,
            Progress progress) {
        this.copy = copy;
        this.node = node;
        this.chunks = chunks;
        this.gone = gone;
        this.limit = limit;
        this.tally = tally;
        this.progress = progress;
        this.blockSize = copy.disk().blockSize();
    }

    @Override
    public void run(Workers.Stop stop) throws IOException {
        try (BlockWriter writer = copy.target().openBlocks()) {
            copyThroughNode(writer, stop);
            if (!stop.stopped()) {
                writer.complete();
            }
        }
    }

    /** A removed node ends only this worker; what it has written stays. */
    private void copyThroughNode(BlockWriter writer, Workers.Stop stop) throws IOException {
        try (BlockDevice source = node.openForCopy(copy.disk().name())) {
            ByteBuffer buffer = Buffers.allocate(BlockWriter.FRAME_BYTES);
            DiskChunks.Chunk chunk = chunks.next(source);
            while (chunk != null && !stop.stopped()) {
                copyOrGiveBack(chunk, source, buffer, writer, stop);
                chunk = chunks.next(source);
            }
        } catch (NodeGoneException e) {
            gone.add(node);
        }
    }

    /** Only a chunk that was not read is given back: a published block is never read again (R7). */
    private void copyOrGiveBack(
            DiskChunks.Chunk chunk, BlockDevice source, ByteBuffer buffer, BlockWriter writer, Workers.Stop stop)
            throws IOException {
        try {
            limit.pass(chunk.hole() ? 0 : lengthOf(chunk, source), () -> {
                stop.check();
                progress.check();
                copy.copied().check();
            });
            copy(chunk, source, buffer, writer);
        } catch (NodeGoneException e) {
            chunks.giveBack(chunk);
            throw e;
        }
    }

    private void copy(DiskChunks.Chunk chunk, BlockDevice source, ByteBuffer buffer, BlockWriter writer)
            throws IOException {
        long offset = chunk.run().first() * blockSize;
        long length = lengthOf(chunk, source);
        if (chunk.hole()) {
            writer.zeros(chunk.run());
            tally.zero.add(length);
        } else {
            read(chunk, source, buffer, offset, (int) length);
            writer.write(chunk.run(), buffer);
            tally.read.add(length);
        }
        copy.copied().copied(chunk.run());
        progress.advance(length);
    }

    /** Bytes of the chunk that lie within the disk. */
    private long lengthOf(DiskChunks.Chunk chunk, BlockDevice source) {
        long offset = chunk.run().first() * blockSize;
        long rest = source.size() - offset;
        return chunk.run().count() > rest / blockSize ? rest : chunk.run().count() * blockSize;
    }

    /** Reads whole blocks; what the end of the disk cuts off a short one is zeros. */
    private void read(DiskChunks.Chunk chunk, BlockDevice source, ByteBuffer buffer, long offset, int length)
            throws IOException {
        buffer.clear().limit(length);
        source.read(buffer, offset);
        buffer.limit(Math.toIntExact(chunk.run().count() * blockSize));
        while (buffer.hasRemaining()) {
            buffer.put((byte) 0);
        }
        buffer.flip();
    }
}
