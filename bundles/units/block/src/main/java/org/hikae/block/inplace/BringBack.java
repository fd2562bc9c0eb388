package org.hikae.block.inplace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.io.BufferPool;

/**
 * Brings the blocks of a generation back onto the disk, in disk order, by several workers. Blocks that cannot be read are
 * left out and told of in the end: all others are worth having, and a guest that writes these anew mends them.
 */
final class BringBack {

    /** So much is brought back before it is made durable, in bytes. */
    private static final long BETWEEN_FORCES = 64 << 20;

    /** So many regions that cannot be read are no damage: the medium is away. */
    private static final int MANY = 100;

    /** A hole is brought back in pieces, between which one can pause; in bytes. */
    private static final long LONGEST_HOLE = 1 << 30;

    private final OverlaidDevice device;
    private final Overlay overlay;
    private final Presence presence;
    private final Progress progress;
    private final int regionBytes;
    private final BufferPool buffers;
    private final AtomicLong unforced = new AtomicLong();
    /** The first block that no worker has taken yet. Guarded by this, as all below. */
    private long next;

    private final BlockSet.Builder unread = new BlockSet.Builder();
    private int unreadRegions;
    private IOException damage;

    /** @param regionBytes so much is brought back at once; a multiple of the block size */
    BringBack(OverlaidDevice device, Progress progress, int regionBytes) {
        this.device = device;
        this.overlay = device.overlay();
        this.presence = overlay.presence();
        this.progress = progress;
        this.regionBytes = regionBytes;
        this.buffers = new BufferPool(regionBytes, 2);
    }

    /** A worker goes on until nothing is left, or another one has failed. */
    void work(Stop stop) throws IOException {
        for (Piece piece = take(); piece != null && !stop.asked(); piece = take()) {
            progress.pass();
            bring(piece);
        }
    }

    /** Whether another worker has failed. */
    @FunctionalInterface
    interface Stop {
        boolean asked();
    }

    /** What one worker brings back at once. */
    private record Piece(BlockRun blocks, boolean zeros) {}

    /** The next blocks in disk order; null if there are none. What is present by now counts as brought back. */
    private synchronized Piece take() throws IOException {
        long from = presence.nextMissing(next);
        if (from >= presence.blocks()) {
            advance(presence.blocks());
            return null;
        }
        long data = overlay.source().nextData(overlay.start(from)) / overlay.blockSize();
        boolean zeros = data > from;
        long to = zeros ? Math.min(data, from + LONGEST_HOLE / overlay.blockSize()) : dataEnd(from);
        BlockRun blocks = new BlockRun(from, Math.min(to, presence.blocks()) - from);
        advance(blocks.end());
        return new Piece(blocks, zeros);
    }

    /** Where a hole begins, or another region. */
    private long dataEnd(long from) throws IOException {
        int perRegion = regionBytes / overlay.blockSize();
        long data = overlay.source().nextData(overlay.start(from));
        long hole = (overlay.source().nextHole(data) - 1) / overlay.blockSize() + 1;
        return Math.max(from + 1, Math.min(hole, (from / perRegion + 1) * perRegion));
    }

    private void advance(long to) {
        progress.advance(overlay.end(to) - overlay.end(next));
        next = to;
    }

    private void bring(Piece piece) throws IOException {
        if (piece.zeros) {
            device.putBack(piece.blocks, null);
            return;
        }
        ByteBuffer buffer = buffers.take();
        try {
            for (BlockRun run : presence.missing(piece.blocks)) {
                bring(run, buffer);
            }
        } finally {
            buffers.give(buffer);
        }
    }

    private void bring(BlockRun run, ByteBuffer buffer) throws IOException {
        try {
            read(run, buffer);
        } catch (IOException e) {
            bringEach(run, buffer, e);
            return;
        }
        device.putBack(run, buffer.flip());
        written(run);
    }

    private void read(BlockRun run, ByteBuffer buffer) throws IOException {
        long from = overlay.start(run.first());
        buffer.clear().limit((int) (overlay.end(run.end()) - from));
        overlay.source().read(buffer, from);
    }

    private void written(BlockRun run) throws IOException {
        long bytes = run.count() * overlay.blockSize();
        if (unforced.addAndGet(bytes) >= BETWEEN_FORCES) {
            unforced.set(0);
            device.force();
        }
    }

    /** The blocks around one that is damaged may be in other frames. */
    private void bringEach(BlockRun run, ByteBuffer buffer, IOException cause) throws IOException {
        boolean any = false;
        for (long block = run.first(); block < run.end(); block++) {
            BlockRun one = new BlockRun(block, 1);
            try {
                read(one, buffer);
            } catch (IOException e) {
                any |= missed(one, e);
                continue;
            }
            device.putBack(one, buffer.flip());
        }
        if (any && manyMissed()) {
            throw cause;
        }
    }

    /** False if it is on the disk by now, so that nothing is missed. */
    private synchronized boolean missed(BlockRun block, IOException cause) {
        if (presence.hasAll(block)) {
            return false;
        }
        unread.add(block);
        damage = damage == null ? cause : damage;
        return true;
    }

    private synchronized boolean manyMissed() {
        unreadRegions++;
        return unreadRegions == MANY;
    }

    /** @throws IOException if blocks could not be read, and have not been written since */
    synchronized void checkAll() throws IOException {
        BlockSet.Builder left = new BlockSet.Builder();
        for (BlockRun run : unread.build()) {
            List<BlockRun> missing = presence.missing(run);
            missing.forEach(left::add);
        }
        BlockSet blocks = left.build();
        if (!blocks.isEmpty()) {
            throw new IOException(
                    blocks + " of " + overlay.blockSize() + " bytes cannot be read from the generation, and are not on"
                            + " the disk; all others are: " + Reason.of(damage) + "; the generation still stands in",
                    damage);
        }
    }
}
