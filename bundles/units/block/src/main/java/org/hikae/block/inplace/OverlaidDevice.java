package org.hikae.block.inplace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.job.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A disk that somebody has open while a generation stands in for it. Through a door, what a guest reads comes onto the disk:
 * it is needed there, and has been fetched already.
 */
final class OverlaidDevice implements BlockDevice {

    private static final Logger LOG = LoggerFactory.getLogger(OverlaidDevice.class);

    private final Overlay overlay;
    private final BlockDevice disk;
    /** Null if nothing is written through this one but what guests write. */
    private final ChangeTracker.Recorder ours;

    private final Release release;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Ends a use of the overlay. */
    @FunctionalInterface
    interface Release {
        void release() throws IOException;
    }

    /**
     * @param disk the file, which is closed with this
     * @param ours says that the file's times are ours ({@link ChangeTracker#rewrite}), and is closed with this; null: nothing
     *     of the generation is put onto the disk
     */
    OverlaidDevice(Overlay overlay, BlockDevice disk, ChangeTracker.Recorder ours, Release release) {
        this.overlay = overlay;
        this.disk = disk;
        this.ours = ours;
        this.release = release;
    }

    Overlay overlay() {
        return overlay;
    }

    @Override
    public long size() {
        return disk.size();
    }

    @Override
    public int blockSize() {
        return disk.blockSize();
    }

    @Override
    public boolean readOnly() {
        return disk.readOnly();
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        checkOpen();
        ByteBuffer data = dst.slice();
        List<BlockRun> missing = overlay.read(disk, dst, offset);
        if (ours != null && !missing.isEmpty()) {
            keep(missing, data, offset);
        }
    }

    /** The guest has what it asked for, whether it can be kept or not; then the blocks are the generation's still. */
    private void keep(List<BlockRun> missing, ByteBuffer data, long offset) {
        try {
            for (BlockRun run : missing) {
                keep(run, data, offset);
            }
        } catch (IOException e) {
            LOG.debug("what was read is not on the disk yet: {}", Reason.of(e));
        }
    }

    /** The whole blocks of a run that were read. */
    private void keep(BlockRun run, ByteBuffer data, long offset) throws IOException {
        long end = offset + data.capacity();
        long first = overlay.start(run.first()) < offset ? run.first() + 1 : run.first();
        long last = overlay.end(run.end()) > end ? run.end() - 1 : run.end();
        if (first < last) {
            long from = overlay.start(first);
            int length = (int) (overlay.end(last) - from);
            boolean zeros = overlay.source().nextData(from) >= from + length;
            ByteBuffer piece = zeros ? null : data.slice((int) (from - offset), length);
            overlay.putBack(disk, new BlockRun(first, last - first), piece);
        }
    }

    /**
     * Puts blocks of the generation onto the disk, but for those that are present by then.
     *
     * @param data of the blocks; null if they are zeros
     */
    void putBack(BlockRun blocks, ByteBuffer data) throws IOException {
        checkOpen();
        if (ours == null) {
            throw new IOException(
                    "what is put onto the disk would be taken for somebody else's writes: see 'disk info'");
        }
        overlay.putBack(disk, blocks, data);
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        checkOpen();
        overlay.write(disk, src, offset);
    }

    @Override
    public void zero(long offset, long length) throws IOException {
        checkOpen();
        overlay.zero(disk, offset, length);
    }

    @Override
    public void force() throws IOException {
        checkOpen();
        if (disk.readOnly()) {
            disk.force();
        } else {
            overlay.force(disk);
        }
    }

    @Override
    public long nextData(long offset) throws IOException {
        checkOpen();
        return overlay.nextData(disk, offset);
    }

    @Override
    public long nextHole(long offset) throws IOException {
        checkOpen();
        return overlay.nextHole(disk, offset);
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed.get()) {
            throw new ClosedChannelException();
        }
    }

    /** What a closed file has is there when it is opened again, forced or not: so has this. */
    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (BlockDevice closing = disk) {
            if (!closing.readOnly() && overlay.changed()) {
                overlay.force(closing);
            }
        } finally {
            if (ours != null) {
                ours.close();
            }
            release.release();
        }
    }
}
