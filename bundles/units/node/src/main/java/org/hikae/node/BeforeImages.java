package org.hikae.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.NodeLog;
import org.hikae.io.BufferPool;
import org.hikae.node.cache.Counters;

/** Reads what a write is about to overwrite and hands it to the logs that want it (a.3, R6). Thread-safe. */
final class BeforeImages {

    /** Enough for what most writes overwrite, in bytes; a few blocks do not take the memory of a whole record. */
    private static final int SMALL = 1 << 16;

    /** How many idle buffers are kept: as many small ones as writes are in flight at a time, or fresh memory slows them. */
    private static final int IDLE_SMALL = 64;

    private static final int IDLE_LARGE = 8;

    private final BlockDevice device;
    private final Counters counters;
    private final int maxBlocks;
    private final BufferPool small = new BufferPool(SMALL, IDLE_SMALL);
    private final BufferPool large = new BufferPool(NodeLog.MAX_RECORD_BYTES, IDLE_LARGE);

    BeforeImages(BlockDevice device, Counters counters) {
        this.device = device;
        this.counters = counters;
        this.maxBlocks = NodeLog.MAX_RECORD_BYTES / device.blockSize();
    }

    /** Logs what the logs want of the run. It never throws: a guest's write does not fail because of a backup. */
    void log(List<NodeLog> logs, BlockRun run) {
        for (NodeLog log : logs) {
            try {
                for (BlockRun missing : log.missing(run)) {
                    logAll(log, missing);
                }
            } catch (IOException | RuntimeException | Error e) {
                log.unlogged(run, e);
            }
        }
    }

    private void logAll(NodeLog log, BlockRun run) throws IOException {
        BufferPool buffers = run.count() <= SMALL / device.blockSize() ? small : large;
        ByteBuffer buffer = buffers.take();
        try {
            for (long first = run.first(); first < run.end(); first += maxBlocks) {
                BlockRun part = new BlockRun(first, Math.min(maxBlocks, run.end() - first));
                read(part, buffer);
                log.append(List.of(part), buffer);
                counters.logged.add(part.count() * device.blockSize());
            }
        } finally {
            buffers.give(buffer);
        }
    }

    /** Reads whole blocks; what the end of the device cuts off a short one is zeros. */
    private void read(BlockRun run, ByteBuffer buffer) throws IOException {
        long offset = run.first() * device.blockSize();
        int length = Math.toIntExact(run.count() * device.blockSize());
        int there = (int) Math.min(length, device.size() - offset);
        buffer.clear().limit(there);
        device.read(buffer, offset);
        buffer.limit(length);
        while (buffer.hasRemaining()) {
            buffer.put((byte) 0);
        }
        buffer.flip();
    }
}
