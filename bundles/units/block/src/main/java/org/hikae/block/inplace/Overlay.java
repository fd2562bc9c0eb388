package org.hikae.block.inplace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;

/**
 * A disk of which some blocks are still a generation's (R21). Everybody who has the disk open meets here, each with a file of
 * his own. Thread-safe.
 *
 * <p>Present blocks are read and written without a lock. The others become present by being written: under the locks of
 * their regions, whether a guest writes them or they are brought back, so nobody overwrites what he has not seen. A block
 * is written first and becomes present after: whoever reads it meanwhile gets the generation's, which it was when he began.
 */
final class Overlay {

    /** So many zeros are put onto the disk at once, in bytes: other writers wait meanwhile, if the disk cannot make holes. */
    private static final int ZEROS = 4 << 20;

    private final long size;
    private final int blockSize;
    private final Presence presence;
    private final Source source;
    private final Recording recording;
    private final Flushes flushes;
    private final RegionLocks locks;
    private volatile boolean stopped;

    /**
     * @param size bytes of the disk
     * @param blockSize bytes of the blocks that are counted
     * @param regionBytes for which one lock is taken; a multiple of the block size
     */
    Overlay(long size, int blockSize, Presence presence, Source source, Recording recording, int regionBytes) {
        this.size = size;
        this.blockSize = blockSize;
        this.presence = presence;
        this.source = source;
        this.recording = recording;
        this.flushes = new Flushes(presence, recording);
        this.locks = new RegionLocks(regionBytes / blockSize);
    }

    Presence presence() {
        return presence;
    }

    Source source() {
        return source;
    }

    int blockSize() {
        return blockSize;
    }

    /**
     * Fills the buffer.
     *
     * @return the blocks that are not present, and were read from the generation
     */
    List<BlockRun> read(BlockDevice disk, ByteBuffer dst, long offset) throws IOException {
        if (!dst.hasRemaining()) {
            return List.of();
        }
        BlockRun run = BlockRun.covering(offset, dst.remaining(), blockSize);
        List<BlockRun> missing = presence.missing(run);
        if (missing.isEmpty()) {
            disk.read(dst, offset);
            return missing;
        }
        int limit = dst.limit();
        long end = offset + dst.remaining();
        long at = offset;
        for (BlockRun absent : missing) {
            long from = Math.max(offset, start(absent.first()));
            long to = Math.min(end, end(absent.end()));
            readPresent(disk, dst, at, from);
            readAbsent(disk, dst.limit(dst.position() + (int) (to - from)), from);
            at = to;
        }
        readPresent(disk, dst.limit(limit), at, end);
        return missing;
    }

    private static void readPresent(BlockDevice disk, ByteBuffer dst, long from, long to) throws IOException {
        if (from < to) {
            disk.read(dst.limit(dst.position() + (int) (to - from)), from);
        }
    }

    /** What cannot be read from the generation may be on the disk by now; then the generation is not needed any more. */
    private void readAbsent(BlockDevice disk, ByteBuffer dst, long offset) throws IOException {
        int position = dst.position();
        int limit = dst.limit();
        try {
            source.read(dst, offset);
        } catch (IOException e) {
            dst.limit(limit).position(position);
            if (!presence.hasAll(BlockRun.covering(offset, dst.remaining(), blockSize))) {
                throw e;
            }
            disk.read(dst, offset);
        }
    }

    /** Writes what a guest does. */
    void write(BlockDevice disk, ByteBuffer src, long offset) throws IOException {
        int length = src.remaining();
        change(disk, offset, length, () -> disk.write(src, offset));
    }

    /** Makes zeros where a guest does. */
    void zero(BlockDevice disk, long offset, long length) throws IOException {
        change(disk, offset, length, () -> disk.zero(offset, length));
    }

    private void change(BlockDevice disk, long offset, long length, Change change) throws IOException {
        if (length == 0) {
            change.apply();
            return;
        }
        BlockRun run = BlockRun.covering(offset, length, blockSize);
        if (!presence.complete()) {
            checkGoesOn();
            recording.touch();
        }
        if (presence.hasAll(run)) {
            change.apply();
            return;
        }
        Fill before = fill(start(run.first()), offset);
        Fill after = fill(offset + length, end(run.end()));
        try (RegionLocks.Held held = locks.lock(run)) {
            checkGoesOn();
            before.write(disk);
            after.write(disk);
            change.apply();
            presence.add(run);
        }
    }

    /**
     * The rest of a block that is written in part has to be there too. It is read while no lock is held: what the generation has
     * does not change, and a medium may take its time, for which others do not wait.
     */
    private Fill fill(long from, long to) throws IOException {
        if (from == to) {
            return Fill.NONE;
        }
        BlockRun block = BlockRun.covering(from, to - from, blockSize);
        ByteBuffer rest = ByteBuffer.allocate((int) (to - from));
        try {
            if (!presence.hasAll(block)) {
                source.read(rest, from);
            }
        } catch (IOException e) {
            if (!presence.hasAll(block)) {
                throw e;
            }
        }
        ByteBuffer data = rest.flip();
        return disk -> {
            if (!presence.hasAll(block)) {
                disk.write(data, from);
            }
        };
    }

    /** Completes a block that is not present; called with its region's lock. */
    @FunctionalInterface
    private interface Fill {

        Fill NONE = disk -> {};

        void write(BlockDevice disk) throws IOException;
    }

    /**
     * Puts blocks of the generation onto the disk, but for those that are present by then.
     *
     * @param data of the blocks; null if they are zeros
     */
    void putBack(BlockDevice disk, BlockRun blocks, ByteBuffer data) throws IOException {
        flushes.check();
        recording.touch();
        if (data == null) {
            putBackZeros(disk, blocks);
            return;
        }
        try (RegionLocks.Held held = locks.lock(blocks)) {
            checkGoesOn();
            for (BlockRun absent : presence.missing(blocks)) {
                long from = start(absent.first());
                long to = end(absent.end());
                disk.write(data.slice((int) (from - start(blocks.first())), (int) (to - from)), from);
                presence.add(absent);
            }
        }
    }

    /** Where there is nothing, nothing needs to be done, however long it is; the rest may have to be written. */
    private void putBackZeros(BlockDevice disk, BlockRun blocks) throws IOException {
        for (long at = blocks.first(); at < blocks.end(); ) {
            long data = disk.nextData(start(at)) / blockSize;
            long to = Math.min(blocks.end(), data > at ? data : at + ZEROS / blockSize);
            BlockRun piece = new BlockRun(at, to - at);
            try (RegionLocks.Held held = locks.lock(piece)) {
                checkGoesOn();
                for (BlockRun absent : presence.missing(piece)) {
                    zeroIfData(disk, start(absent.first()), end(absent.end()));
                    presence.add(absent);
                }
            }
            at = to;
        }
    }

    private static void zeroIfData(BlockDevice disk, long from, long to) throws IOException {
        long data = disk.nextData(from);
        if (data < to) {
            disk.zero(data, to - data);
        }
    }

    /** Blocks become present no more, and none is being written when this returns. */
    void stop() {
        stopped = true;
        flushes.stop();
        locks.lock(new BlockRun(0, Math.max(1, presence.blocks()))).close();
    }

    private void checkGoesOn() throws IOException {
        if (stopped) {
            throw new IOException("the block manager has stopped");
        }
    }

    void force(BlockDevice disk) throws IOException {
        flushes.force(disk);
    }

    /** Whether something is there only until the next crash. */
    boolean changed() {
        return presence.changed();
    }

    /** As {@link BlockDevice#nextData}: of present blocks the disk's, of the others the generation's. */
    long nextData(BlockDevice disk, long offset) throws IOException {
        try {
            return look(disk, offset);
        } catch (ClosedChannelException e) {
            checkComplete(e);
            return disk.nextData(offset);
        }
    }

    private long look(BlockDevice disk, long offset) throws IOException {
        long there = disk.nextData(offset);
        long elsewhere = presence.complete() ? Long.MAX_VALUE : source.nextData(offset);
        while (Math.min(there, elsewhere) < size) {
            long at = Math.min(there, elsewhere);
            boolean present = presence.hasAll(new BlockRun(at / blockSize, 1));
            if (present ? there == at : elsewhere == at) {
                return at;
            } else if (present) {
                // Data that was overwritten: of no account up to the next block that is the generation's.
                elsewhere = source.nextData(start(presence.nextMissing(at / blockSize)));
            } else {
                long next = Math.max(at, start(presence.nextPresent(at / blockSize)));
                there = next < size ? disk.nextData(next) : size;
            }
        }
        return size;
    }

    /** As {@link BlockDevice#nextHole}; looks no further than to where the other one's blocks begin. */
    long nextHole(BlockDevice disk, long offset) throws IOException {
        if (offset == size || presence.complete()) {
            return disk.nextHole(offset);
        }
        long block = offset / blockSize;
        if (presence.hasAll(new BlockRun(block, 1))) {
            long hole = disk.nextHole(offset);
            return Math.min(hole, end(presence.nextMissing(block, after(hole))));
        }
        try {
            long hole = source.nextHole(offset);
            // A block that becomes present just now would end before it begins.
            return Math.max(offset + 1, Math.min(hole, end(presence.nextPresent(block, after(hole)))));
        } catch (ClosedChannelException e) {
            checkComplete(e);
            return disk.nextHole(offset);
        }
    }

    private long after(long offset) {
        return offset / blockSize + 1;
    }

    /** Nobody has closed the generation but because all is on the disk. */
    private void checkComplete(ClosedChannelException closed) throws ClosedChannelException {
        if (!presence.complete()) {
            throw closed;
        }
    }

    /** Where a block begins, in bytes; the end of the disk if it lies beyond. */
    long start(long block) {
        return block > size / blockSize ? size : block * blockSize;
    }

    /** Where a run that ends before a block ends, in bytes: a last block may be short. */
    long end(long block) {
        return Math.min(size, start(block));
    }

    /** What is done to the disk in the end. */
    @FunctionalInterface
    private interface Change {
        void apply() throws IOException;
    }
}
