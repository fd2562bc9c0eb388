package org.hikae.node.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.cache.CachedFile;
import org.hikae.api.cache.CachedRegion;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.PageRange;
import org.hikae.node.cache.HeldLeases.Pin;

/**
 * A file as a node reads and writes it: with a lease on what it touches (I4), through the node's cache.
 *
 * <p>Every operation goes through the same doors in the same order, so that none waits for another in a circle: the calls
 * gate, room in the cache, leases, the range locks of the file, disk. Whoever holds leases or locks asks for nothing that
 * comes earlier. Thread-safe.
 */
public abstract class CoherentFile {

    /** The longest change that is made at once, in bytes: a backup's instant need not wait for gigabytes. */
    static final int PIECE = 16 << 20;

    final CachedFile id;
    final NodeAccess node;
    final PageCache cache;
    final FileLeases leases;
    final RangeLocks locks = new RangeLocks();
    final CachedPages pages;
    private volatile boolean released;
    private volatile boolean lost;

    CoherentFile(CachedFile id, NodeAccess node, PageCache cache, Counters counters, Backing backing) {
        this.id = id;
        this.node = node;
        this.cache = cache;
        this.leases = new FileLeases(id, node, counters);
        this.pages = new CachedPages(this, backing, counters);
    }

    public final CachedFile id() {
        return id;
    }

    /** Number of bytes from the start that mean something; what comes after reads as zeros. The caller holds the size. */
    abstract long limit();

    /** Tells whoever keeps it what was written of the file's metadata, before that may be changed by others. */
    abstract void push() throws IOException;

    /**
     * Blocks up to an end are about to become part of the file past the cache: what has to be on the disk before the file is
     * longer is written out. The caller holds the range locks of a write that makes it longer.
     */
    void beforeLonger(long end) throws IOException {}

    /** What was known of the file's metadata may be changed by others from now on. */
    abstract void forget() throws IOException;

    /** Writes out what is dirty of a range. Others go on writing. */
    void writeOut(PageRange range) throws IOException {
        pages.writeOut(range);
    }

    /** Writes all out that was written before. Others go on writing. */
    public final void flush() throws IOException {
        writeOut(PageRange.ALL);
        push();
    }

    /** As {@link #flush}, if what is dirty can be of use to anybody. */
    void settle() throws IOException {
        flush();
    }

    /** Makes all durable that was written before. */
    public abstract void force() throws IOException;

    public final void granted(List<Lease> granted) {
        pages.leasesChanged();
        leases.granted(granted);
    }

    /** As {@link org.hikae.api.cache.NodeGate#recall}. */
    public final List<PageRange> recall(PageRange needed, PageRange wished, LeaseMode wanted) throws IOException {
        List<PageRange> given =
                leases.recall(needed, wished, wanted, () -> giveUp(needed, wanted), () -> inTheWay(wished, wanted));
        pages.leasesChanged();
        return given;
    }

    /** What would have to be written out before others may read it, or dropped before they may change it. */
    private List<PageRange> inTheWay(PageRange wished, LeaseMode wanted) {
        FilePages cached = pages.cached();
        return wanted == LeaseMode.SHARED ? cached.dirty(wished) : cached.cached(wished);
    }

    private void giveUp(PageRange needed, LeaseMode wanted) throws IOException {
        writeOut(needed);
        push();
        RangeLocks.Held lock = locks.lock(List.of(new Lease(needed, wanted)));
        try {
            if (wanted == LeaseMode.EXCLUSIVE) {
                pages.dropClean(needed);
            }
            if (needed.first() < 0) {
                forget();
            }
        } finally {
            locks.unlock(lock);
        }
    }

    /**
     * Drops all that is cached, and gives up all leases. Nobody changes the file any more; whoever still reads it is waited for.
     * If something is dirty since it could not be written out, it is lost, and whoever forces the file after that is told.
     */
    public final void release() throws IOException {
        released = true;
        lost = isDirty();
        try {
            dropAll();
        } finally {
            leases.release();
        }
    }

    /** Apart from readers, who would see what the memory is used for next. */
    final void dropAll() throws IOException {
        RangeLocks.Held lock = locks.lock(List.of(new Lease(PageRange.ALL, LeaseMode.EXCLUSIVE)));
        try {
            pages.drop(PageRange.ALL);
        } finally {
            locks.unlock(lock);
        }
    }

    /** @throws IOException if something that was written can never become durable */
    final void checkNothingLost() throws IOException {
        if (lost) {
            throw new IOException("what node '" + node.name() + "' had written to disk '" + id.disk()
                    + "' could not be written out, and is lost");
        }
        if (!released) {
            node.check();
        }
    }

    public final boolean isDirty() {
        return pages.cached().isDirty();
    }

    public final long dirtyBytes() {
        return pages.cached().dirtyBytes();
    }

    /** What the node has of the file (a.1). */
    public final List<CachedRegion> regions() {
        return leases.all().stream().map(this::region).toList();
    }

    private CachedRegion region(Lease lease) {
        PageRange range = lease.pages();
        int pageSize = pages.pageSize();
        long first = Math.max(0, range.first());
        boolean sizeAlone = range.end() <= 0;
        long size = range.end() == Long.MAX_VALUE ? Long.MAX_VALUE : (range.end() - first) * pageSize;
        return new CachedRegion(
                node.name(),
                id,
                sizeAlone ? -1 : first * pageSize,
                sizeAlone ? 0 : size,
                lease.mode(),
                pages.cached().cachedBytes(range),
                pages.cached().dirtyBytes(range));
    }

    /** Runs an operation that relies on leases, apart from others that touch the same. */
    final <T> T with(List<Lease> needs, Operation<T> operation) throws IOException {
        Pin pin = leases.pin(needs);
        try {
            RangeLocks.Held lock = locks.lock(needs);
            try {
                return operation.run(pin);
            } finally {
                locks.unlock(lock);
            }
        } finally {
            leases.unpin(pin);
        }
    }

    /** Room for a change of so many bytes: long ones go past the cache, but for their ends. */
    final Room room(int length) throws IOException {
        int pageSize = pages.pageSize();
        return cache.room(Math.min(length, cache.share()) / pageSize + 3, pageSize);
    }

    /** How much of a buffer is changed next: up to a page's end, if something is left then. */
    final int piece(ByteBuffer src, long offset) {
        int length = src.remaining();
        return length <= PIECE ? length : PIECE - (int) (offset % pages.pageSize());
    }

    /** Something done to a file. */
    @FunctionalInterface
    interface Operation<T> {
        T run(Pin pin) throws IOException;
    }
}
