package org.hikae.copy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.copy.BackUpCopy;
import org.hikae.api.job.Progress;
import org.hikae.api.media.BlockWriter;
import org.hikae.api.node.Node;
import org.hikae.api.node.NodeGoneException;
import org.hikae.io.Buffers;

/** Reads chunks through a node, or another when that is gone, and writes them into the generation, until there are none. */
final class BackUpWorker implements Workers.Work {

    /** What the workers of a copy share. */
    record Shared(BackUpCopy copy, DiskChunks chunks, Crew crew, Rates rates, Tally tally, Progress progress) {}

    private final Shared shared;
    private final Node first;

    /** @param first the node to begin with */
    BackUpWorker(Shared shared, Node first) {
        this.shared = shared;
        this.first = first;
    }

    @Override
    public void run(Workers.Stop stop) throws IOException {
        try (BlockWriter writer = shared.copy.target().openBlocks()) {
            ByteBuffer buffer = Buffers.allocate(BlockWriter.FRAME_BYTES);
            Node node = first;
            while (node != null && !copyThrough(node, writer, buffer, stop)) {
                node = shared.crew.insteadOf(node);
            }
            if (!stop.stopped()) {
                writer.complete();
            }
        }
    }

    /**
     * A removed node ends only its own part; what it has written stays.
     *
     * @return false if the node is gone
     */
    private boolean copyThrough(Node node, BlockWriter writer, ByteBuffer buffer, Workers.Stop stop)
            throws IOException {
        try (BlockDevice source = node.openForCopy(shared.copy.disk().name())) {
            copyAll(node, source, new ChunkCopy(shared, node.name(), source, writer, buffer), stop);
            return true;
        } catch (NodeGoneException e) {
            return false;
        } finally {
            shared.crew.leave(node);
        }
    }

    /**
     * A chunk is claimed when it may pass, and not before: while a slow node waits for its rate, others can have it. Whoever
     * waits, for its rate or in a pause, finds out by itself that the copy is of no use any more, or that its node is gone.
     */
    private void copyAll(Node node, BlockDevice source, ChunkCopy copying, Workers.Stop stop) throws IOException {
        DiskChunks chunks = shared.chunks;
        RateLimit.Check check = () -> {
            stop.check();
            shared.progress.check();
            shared.copy.copied().check();
            node.check();
            return !chunks.done();
        };
        long paid = 0;
        for (long price = chunks.price(source); price >= 0 && !stop.stopped(); price = chunks.price(source)) {
            if (!shared.rates.pass(node, Math.max(0, price - paid), check)) {
                return;
            }
            paid = Math.max(paid, price);
            shared.progress.pass(check::going);
            DiskChunks.Chunk chunk = chunks.claim(source, paid);
            if (chunk != null) {
                paid -= copyOrGiveBack(chunk, copying);
            }
        }
    }

    /** @return how many bytes were read */
    private long copyOrGiveBack(DiskChunks.Chunk chunk, ChunkCopy copying) throws IOException {
        try {
            return copying.copy(chunk);
        } catch (NodeGoneException e) {
            shared.chunks.giveBack(copying.rest());
            throw e;
        }
    }
}
