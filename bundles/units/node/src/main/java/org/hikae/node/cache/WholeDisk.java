package org.hikae.node.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.util.List;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.PageRange;
import org.hikae.io.Buffers;

/** A shared disk as one file of fixed size, which all nodes read and write coherently (I4). Whoever made the door closes it. */
public final class WholeDisk extends CoherentFile implements BlockDevice {

    /** Zeroing less is done in the cache, in bytes. */
    private static final int SHORT = 1 << 16;

    private final BlockDevice door;

    public WholeDisk(CachedFile id, NodeAccess node, PageCache cache, Counters counters, BlockDevice door) {
        super(id, node, cache, counters, new DiskBacking(door, node));
        this.door = door;
    }

    @Override
    long limit() {
        return door.size();
    }

    @Override
    void push() {}

    @Override
    void forget() {}

    @Override
    public long size() {
        return door.size();
    }

    @Override
    public int blockSize() {
        return door.blockSize();
    }

    @Override
    public boolean readOnly() {
        return door.readOnly();
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        checkRange(offset, dst.remaining());
        if (dst.hasRemaining()) {
            with(needs(offset, dst.remaining(), LeaseMode.SHARED), pin -> {
                pages.read(dst, offset);
                return null;
            });
        }
    }

    private List<Lease> needs(long offset, long length, LeaseMode mode) {
        return List.of(new Lease(PageRange.covering(offset, length, pages.pageSize()), mode));
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        checkChange(offset, src.remaining());
        int limit = src.limit();
        long at = offset;
        while (src.hasRemaining()) {
            int length = piece(src, at);
            src.limit(src.position() + length);
            writePiece(src, at);
            src.limit(limit);
            at += length;
        }
    }

    private void writePiece(ByteBuffer src, long offset) throws IOException {
        try (NodeAccess.Inside inside = node.enter();
                Room room = room(src.remaining())) {
            with(needs(offset, src.remaining(), LeaseMode.EXCLUSIVE), pin -> {
                pages.write(src, offset, room);
                return null;
            });
        }
    }

    @Override
    public void zero(long offset, long length) throws IOException {
        checkChange(offset, length);
        int pageSize = pages.pageSize();
        long end = offset + length;
        long from = Math.min(end, offset + (-offset & (pageSize - 1)));
        long to = end == size() ? end : Math.max(from, end & -pageSize);
        if (to - from <= SHORT) {
            writeZeros(offset, end);
            return;
        }
        writeZeros(offset, from);
        for (long at = from; at < to; at += PIECE) {
            zeroPages(at, Math.min(PIECE, to - at));
        }
        writeZeros(to, end);
    }

    private void writeZeros(long from, long end) throws IOException {
        long at = from;
        while (at < end) {
            ByteBuffer zeros = Buffers.zeros();
            int length = (int) Math.min(zeros.remaining(), end - at);
            write(zeros.limit(length), at);
            at += length;
        }
    }

    private void zeroPages(long offset, long length) throws IOException {
        try (NodeAccess.Inside inside = node.enter()) {
            with(needs(offset, length, LeaseMode.EXCLUSIVE), pin -> {
                pages.zeroPast(offset, length, door);
                return null;
            });
        }
    }

    @Override
    public void force() throws IOException {
        checkNothingLost();
        flush();
        door.force();
    }

    /** What the disk says of holes counts for pages that nobody has changed in a cache. */
    @Override
    public long nextData(long offset) throws IOException {
        node.check();
        long data = door.nextData(offset);
        if (data == offset) {
            return offset;
        }
        return with(needs(offset, data - offset, LeaseMode.SHARED), pin -> {
            long now = door.nextData(offset);
            long cached = pages.cached().next(offset / pages.pageSize());
            return cached >= Long.MAX_VALUE / pages.pageSize()
                    ? Math.min(now, data)
                    : Math.min(Math.min(now, data), Math.max(offset, cached * pages.pageSize()));
        });
    }

    /** Where something is cached is no hole, whatever the disk says. */
    @Override
    public long nextHole(long offset) throws IOException {
        node.check();
        int pageSize = pages.pageSize();
        long hole = door.nextHole(offset);
        long cached = pages.cached().end(hole / pageSize);
        while (hole < size() && cached > hole / pageSize) {
            hole = cached * pageSize >= size() ? size() : door.nextHole(cached * pageSize);
            cached = pages.cached().end(hole / pageSize);
        }
        return hole;
    }

    private void checkChange(long offset, long length) {
        checkRange(offset, length);
        if (readOnly()) {
            throw new NonWritableChannelException();
        }
    }

    private void checkRange(long offset, long length) {
        if (offset < 0 || length < 0 || length > size() || offset > size() - length) {
            throw new IndexOutOfBoundsException("disk '" + id.disk() + "' ends at byte " + size() + "; " + length
                    + " bytes from " + offset + " do not lie within it");
        }
    }

    /** Called once nobody uses it any more; the door, which is closed next, forces the disk. */
    @Override
    public void close() throws IOException {
        try {
            flush();
        } finally {
            release();
        }
    }
}
