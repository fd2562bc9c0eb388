package org.hikae.node.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.hikae.api.node.NodeGoneException;

/**
 * The memory of a node's write cache (28): never more than its bound. Pages that are on the disk already leave it when room
 * is needed, those that nobody used for longest first; dirty ones are written out before. Thread-safe.
 *
 * <p>This object's monitor guards all pages of all files, but for their content.
 */
public final class PageCache {

    /** The smallest bound, in bytes. */
    public static final long SMALLEST = 1 << 20;

    /** How long a page stays dirty, if there is room: about as long as people believe that what they saved may be lost. */
    private static final long AGE_NANOS = 5_000_000_000L;

    /** How long a disk that failed is left alone. */
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final String node;
    private final long bound;
    private final LongSupplier nanoClock;
    private final Counters counters;
    private final PagePool pool = new PagePool();
    /** Clean pages, the one that was used last at the end. */
    private final Set<Page> clean = new LinkedHashSet<>();
    /** Files with dirty pages, the one that has been dirty for longest first. */
    private final Set<FilePages> dirtyFiles = new LinkedHashSet<>();

    /** Bytes in pages, and promised to operations that are going to need them. */
    private long used;

    private long dirtyBytes;
    private int waiting;
    private boolean closed;
    /** Counts rounds of writing out. */
    private long rounds;
    /** The last one that came to nothing. */
    private long fruitless;

    private IOException failure;

    /**
     * @param bound bytes, at least {@link #SMALLEST}
     * @param nanoClock as {@link System#nanoTime}
     */
    public PageCache(String node, long bound, LongSupplier nanoClock, Counters counters) {
        this.node = node;
        this.bound = bound;
        this.nanoClock = nanoClock;
        this.counters = counters;
    }

    public long bound() {
        return bound;
    }

    /** The most that one operation may take at a time, in bytes: so several can go on. */
    int share() {
        return (int) Math.min(1 << 20, bound / 8);
    }

    long nanos() {
        return nanoClock.getAsLong();
    }

    /** Bytes in pages, and promised to operations. */
    public synchronized long cachedBytes() {
        return used;
    }

    public synchronized long dirtyBytes() {
        return dirtyBytes;
    }

    /**
     * Gets room for pages. Called by whoever relies on nothing that writing out may have to wait for.
     *
     * @throws IOException if there is none since nothing can be written out
     */
    synchronized Room room(int pages, int pageSize) throws IOException {
        long bytes = (long) pages * pageSize;
        long before = rounds;
        while (!fits(bytes)) {
            if (fruitless > before) {
                throw new IOException(
                        "the cache of node " + node + " is full, and cannot be written out: " + failure.getMessage(),
                        failure);
            }
            waiting++;
            counters.waits.increment();
            notifyAll();
            Waits.once(this);
            waiting--;
        }
        used += bytes;
        return new Room(this, bytes);
    }

    private boolean fits(long bytes) throws NodeGoneException {
        if (closed) {
            throw new NodeGoneException(node);
        }
        Iterator<Page> oldest = clean.iterator();
        while (used + bytes > bound && oldest.hasNext()) {
            Page page = oldest.next();
            oldest.remove();
            page.owner.forget(page);
            recycle(page);
        }
        return used + bytes <= bound;
    }

    /** Room that was not needed. */
    synchronized void giveBack(long bytes) {
        used -= bytes;
        notifyAll();
    }

    ByteBuffer memory(int pageSize) {
        return pool.take(pageSize);
    }

    void recycle(Page page) {
        used -= page.buffer().capacity();
        pool.give(page.buffer());
        notifyAll();
    }

    /** A page that is neither used nor dirty may leave from now on. */
    void idle(Page page) {
        clean.add(page);
        if (waiting > 0) {
            notifyAll();
        }
    }

    void busy(Page page) {
        clean.remove(page);
    }

    void dirtied(FilePages file, long bytes) {
        boolean was = isUrgent();
        dirtyBytes += bytes;
        if (dirtyFiles.add(file)) {
            file.dirtySince(nanos());
        }
        if (!was && isUrgent()) {
            notifyAll();
        }
    }

    void cleaned(FilePages file, long bytes) {
        dirtyBytes -= bytes;
        if (!file.isDirty()) {
            dirtyFiles.remove(file);
        }
    }

    private boolean isUrgent() {
        return dirtyBytes >= bound / 2;
    }

    /** Waits until something is to be written out; null once the cache is closed. */
    synchronized List<FilePages> awaitWork() {
        while (!closed) {
            long now = nanos();
            List<FilePages> due = new ArrayList<>();
            long soonest = AGE_NANOS;
            for (FilePages file : dirtyFiles) {
                long wait = file.nanosLeft(now, waiting > 0 || isUrgent() ? 0 : AGE_NANOS);
                soonest = Math.min(soonest, wait);
                if (wait <= 0) {
                    due.add(file);
                    // What is still dirty afterwards, since it was changed meanwhile, has its time again.
                    file.dirtySince(now);
                }
            }
            if (!due.isEmpty()) {
                rounds++;
                return due;
            }
            Waits.once(this, soonest);
        }
        return null;
    }

    /** Writing out a file failed: it is tried again after a while. */
    synchronized void failed(FilePages file) {
        file.failed(nanos() + RETRY_NANOS);
    }

    /** Of all that was to be written out, nothing could be: those who waited for room before learn of it. */
    synchronized void cameToNothing(IOException why) {
        failure = why;
        fruitless = rounds;
        notifyAll();
    }

    /** Drops everything, dirty or not: the node is gone. Whoever waits for room gets {@link NodeGoneException}. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
