package org.hikae.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Disk;
import org.hikae.api.node.NodeGoneException;
import org.hikae.node.cache.Counters;
import org.slf4j.LoggerFactory;

/**
 * The one door to a shared disk on a node, below its cache. A write passes, in this order: the gate, which is held for the
 * moment at which a backup makes its instant; the change tracker; the before-image logs of the backups under way; the disk.
 */
final class SharedDisk implements BlockDevice {

    /** The longest change that passes the gate at once, in bytes. */
    private static final int PIECE = 16 << 20;

    private final LocalNode node;
    private final Disk disk;
    private final BlockDevice device;
    private final Gate gate;
    private final Counters counters;
    private final ChangeTracker.Recorder changes;
    private final AutoCloseable use;
    private final BeforeImages beforeImages;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Why a force failed; null if none has. */
    private volatile IOException notForced;

    SharedDisk(LocalNode node, Disk disk, BlockDevice device, Gate gate, Counters counters, AutoCloseable use) {
        this.node = node;
        this.disk = disk;
        this.device = device;
        this.gate = gate;
        this.counters = counters;
        this.use = use;
        this.changes = disk.changes().join();
        this.beforeImages = new BeforeImages(device, counters);
    }

    String disk() {
        return disk.name();
    }

    @Override
    public long size() {
        return device.size();
    }

    @Override
    public int blockSize() {
        return device.blockSize();
    }

    @Override
    public boolean readOnly() {
        return device.readOnly();
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        node.check();
        device.read(dst, offset);
    }

    /** In pieces, each through the gate by itself: a backup's instant need not wait for gigabytes. */
    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        int limit = src.limit();
        checkRange(offset, src.remaining());
        long at = offset;
        do {
            int length = Math.min(src.remaining(), PIECE);
            src.limit(src.position() + length);
            long from = at;
            change(from, length, () -> device.write(src, from));
            src.limit(limit);
            at += length;
        } while (src.hasRemaining());
    }

    /** Holes stay as they are: there is nothing to log, and nothing to do. */
    @Override
    public void zero(long offset, long length) throws IOException {
        checkRange(offset, length);
        long end = offset + length;
        long from = device.nextData(offset);
        while (from < end) {
            long to = Math.min(Math.min(end, from + PIECE), Math.max(from + 1, device.nextHole(from)));
            zeroData(from, to - from);
            from = to < end ? device.nextData(to) : end;
        }
    }

    private void zeroData(long offset, long length) throws IOException {
        change(offset, length, () -> device.zero(offset, length));
    }

    private void change(long offset, long length, Change change) throws IOException {
        checkRange(offset, length);
        if (device.readOnly()) {
            throw new NonWritableChannelException();
        }
        if (length == 0) {
            return;
        }
        Gate.Regime regime = gate.enter();
        if (regime == null) {
            throw new NodeGoneException(node.name());
        }
        try {
            BlockRun run = BlockRun.covering(offset, length, blockSize());
            changes.record(run);
            beforeImages.log(regime.logs(), run);
            change.apply();
            counters.writtenOut.add(length);
        } finally {
            gate.leave(regime);
        }
    }

    /**
     * The system tells of writes that it has lost once, to whoever forces first: from then on nobody can be told that all
     * is durable, until the disk is opened anew. A door that was closed has been forced, or could not be.
     */
    @Override
    public void force() throws IOException {
        checkForced();
        try {
            device.force();
        } catch (ClosedChannelException e) {
            if (!closed.get()) {
                throw e;
            }
        } catch (IOException e) {
            notForced = e;
            throw e;
        }
        // Another force, at the same time, may have been told instead of this one.
        checkForced();
    }

    private void checkForced() throws IOException {
        IOException failure = notForced;
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    @Override
    public long nextData(long offset) throws IOException {
        return device.nextData(offset);
    }

    @Override
    public long nextHole(long offset) throws IOException {
        return device.nextHole(offset);
    }

    private void checkRange(long offset, long length) {
        if (offset < 0 || length < 0 || length > size() || offset > size() - length) {
            throw new IndexOutOfBoundsException("disk '" + disk.name() + "' ends at byte " + size() + "; " + length
                    + " bytes from " + offset + " do not lie within it");
        }
    }

    /** What was written stays durable even if no one flushes after: the door may not be there to do it. */
    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (BlockDevice closing = device) {
            // Before the device closes: whoever forces after that must learn of a failure.
            forceLast(closing);
        } finally {
            changes.close();
            end(use);
        }
    }

    private void forceLast(BlockDevice closing) throws IOException {
        checkForced();
        try {
            closing.force();
        } catch (IOException e) {
            notForced = e;
            throw e;
        }
    }

    static void end(AutoCloseable use) {
        try {
            use.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(SharedDisk.class).warn("the use of a disk did not end cleanly", e);
        }
    }

    /** The last step of a change. */
    @FunctionalInterface
    private interface Change {
        void apply() throws IOException;
    }
}
