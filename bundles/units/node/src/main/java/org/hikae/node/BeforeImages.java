package org.hikae.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.NodeLog;
import org.hikae.io.BufferPool;
import org.hikae.node.cache.Counters;

/** Reads what a write is about to overwrite and hands it to the logs that want it (R6). Thread-safe. */
final class BeforeImages {

    /** Enough for what most writes overwrite, in bytes; a few blocks do not take the memory of a whole record. */
    private static final int SMALL = 1 << 16;

    /** How many idle buffers are kept: as many small ones as writes are in flight at a time, or fresh memory slows them. */
    private static final int IDLE_SMALL = 64;

    private static final int IDLE_LARGE = 8;

    private final BlockDevice device;
    private final Counters counters;
    private final BufferPool small = new BufferPool(SMALL, IDLE_SMALL);
    private final BufferPool large = new BufferPool(NodeLog.MAX_RECORD_BYTES, IDLE_LARGE);

    BeforeImages(BlockDevice device, Counters counters) {
        this.device = device;
        this.counters = counters;
    }

    /** Logs what the logs want of the run. It never throws: a guest's write does not fail because of a backup. */
    void log(List<NodeLog> logs, BlockRun run) {
        for (NodeLog log : logs) {
            try {
                List<BlockRun> missing = log.missing(run);
                if (!missing.isEmpty()) {
                    logAll(log, missing);
                }
            } catch (IOException | RuntimeException | Error e) {
                log.unlogged(run, e);
            }
        }
    }

    /** All at once, as far as one buffer holds it. */
    private void logAll(NodeLog log, List<BlockRun> missing) throws IOException {
        long blocks = missing.stream().mapToLong(BlockRun::count).sum();
        BufferPool buffers = blocks <= SMALL / device.blockSize() ? small : large;
        ByteBuffer buffer = buffers.take();
        try {
            List<BlockRun> read = new ArrayList<>();
            for (BlockRun run : missing) {
                long first = run.first();
                while (first < run.end()) {
                    if (blocksIn(buffer) == 0) {
                        append(log, read, buffer);
                        read = new ArrayList<>();
                    }
                    BlockRun part = new BlockRun(first, Math.min(blocksIn(buffer), run.end() - first));
                    read(part, buffer);
                    read.add(part);
                    first = part.end();
                }
            }
            append(log, read, buffer);
        } finally {
            buffers.give(buffer);
        }
    }

    private int blocksIn(ByteBuffer buffer) {
        return buffer.remaining() / device.blockSize();
    }

    /** Empties the buffer. */
    private void append(NodeLog log, List<BlockRun> runs, ByteBuffer images) throws IOException {
        int length = images.flip().remaining();
        log.append(runs, images);
        images.clear();
        counters.logged.add(length);
    }

    /** Reads whole blocks to where the buffer is; what the end of the device cuts off a short one is zeros. */
    private void read(BlockRun run, ByteBuffer buffer) throws IOException {
        long offset = run.first() * device.blockSize();
        int from = buffer.position();
        int to = from + Math.toIntExact(run.count() * device.blockSize());
        int there = (int) Math.min(to - from, device.size() - offset);
        device.read(buffer.limit(from + there), offset);
        buffer.limit(to);
        while (buffer.hasRemaining()) {
            buffer.put((byte) 0);
        }
        buffer.limit(buffer.capacity());
    }
}
