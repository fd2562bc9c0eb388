package org.hikae.node.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.cache.Lease;
import org.hikae.api.cache.LeaseMode;
import org.hikae.api.cache.PageRange;
import org.hikae.io.BufferPool;
import org.hikae.io.Buffers;

/**
 * Reads and writes the content of a file through the cache. Callers hold the range locks of what they read or change, unless
 * said otherwise.
 */
final class CachedPages {

    /** The longest run that is written out at once, in bytes. */
    private static final int RUN = 1 << 20;

    private static final BufferPool RUNS = new BufferPool(RUN, 4);

    private final CoherentFile file;
    private final Backing backing;
    private final Counters counters;
    private final FilePages cached;
    private final int pageSize;
    private final int blockSize;
    /** Held while something is written out: after the range lock. */
    private final ReentrantLock writing = new ReentrantLock();

    CachedPages(CoherentFile file, Backing backing, Counters counters) {
        this.file = file;
        this.backing = backing;
        this.counters = counters;
        this.pageSize = backing.pageSize();
        this.blockSize = backing.blockSize();
        this.cached = new FilePages(file.cache, file, pageSize, blockSize);
    }

    int pageSize() {
        return pageSize;
    }

    /** Fills the buffer, all of which lies before the end of the file: from the cache what is there, else from the disk. */
    void read(ByteBuffer dst, long offset) throws IOException {
        counters.read.add(dst.remaining());
        int limit = dst.limit();
        long at = offset;
        while (dst.position() < limit) {
            long index = at / pageSize;
            Page page = cached.use(index);
            int length = page == null
                    ? toNextCached(index, at, limit - dst.position())
                    : (int) Math.min(pageSize - at % pageSize, limit - dst.position());
            dst.limit(dst.position() + length);
            if (page == null) {
                backing.read(dst, at);
            } else {
                copyOut(page, (int) (at % pageSize), dst);
            }
            at += length;
        }
        dst.limit(limit);
    }

    private void copyOut(Page page, int from, ByteBuffer dst) {
        counters.hit.add(dst.remaining());
        dst.put(page.part(from, dst.remaining()));
        cached.release(List.of(page));
    }

    /** How much can be read from the disk at once. */
    private int toNextCached(long index, long at, int most) {
        long next = cached.next(index + 1);
        return next >= Long.MAX_VALUE / pageSize ? most : (int) Math.min(next * pageSize - at, most);
    }

    /** Writes the buffer; a long one straight to the disk, but for its ends. If it fails, what the position has passed was written. */
    void write(ByteBuffer src, long offset, Room room) throws IOException {
        long at = offset;
        int ragged = (int) (-offset & (pageSize - 1));
        if (src.remaining() - ragged >= file.cache.share()) {
            at += writeCached(src, at, ragged, room);
            at += writePast(src, at, src.remaining() & -pageSize);
        }
        writeCached(src, at, src.remaining(), room);
    }

    private int writePast(ByteBuffer src, long offset, int length) throws IOException {
        PageRange range = PageRange.covering(offset, length, pageSize);
        backing.promise(range);
        // What is dirty stays until it is overwritten for sure.
        cached.dropClean(range);
        ByteBuffer part = src.slice(src.position(), length);
        boolean done = false;
        writing.lock();
        try {
            file.beforeLonger(offset + length);
            backing.extend(part, offset);
            done = true;
        } finally {
            writing.unlock();
            if (!done) {
                forgetPromises(range);
            }
        }
        src.position(src.position() + length);
        drop(range);
        counters.written.add(length);
        return length;
    }

    /** Of pages that did not become dirty after all. */
    private void forgetPromises(PageRange range) throws IOException {
        for (PageRange part : Ranges.without(range, cached.cached(range))) {
            backing.dropped(part);
        }
    }

    /** Makes whole pages zeros on the disk. */
    void zeroPast(long offset, long length, BlockDevice door) throws IOException {
        PageRange range = PageRange.covering(offset, length, pageSize);
        cached.dropClean(range);
        writing.lock();
        try {
            door.zero(offset, length);
        } finally {
            writing.unlock();
        }
        drop(range);
        counters.written.add(length);
    }

    private int writeCached(ByteBuffer src, long offset, int length, Room room) throws IOException {
        if (length == 0) {
            return 0;
        }
        PageRange range = PageRange.covering(offset, length, pageSize);
        Changing changing = new Changing();
        try {
            for (long index = range.first(); index < range.end(); index++) {
                long start = index * pageSize;
                int from = (int) Math.max(0, offset - start);
                int to = (int) Math.min(pageSize, offset + length - start);
                changing.add(index, from, to, room);
            }
            backing.promise(range);
            changing.copyIn(src);
        } finally {
            changing.end();
        }
        counters.written.add(length);
        return length;
    }

    /** Takes a page into the cache as it is, and marks it as changed: what comes after the end of the file gets zeros. */
    void touch(long index, Room room) throws IOException {
        Changing changing = new Changing();
        try {
            changing.add(index, 0, 0, room);
            backing.promise(new PageRange(index, index + 1));
            changing.copyIn(Buffers.zeros().limit(0));
        } finally {
            changing.end();
        }
    }

    /** Pages that one operation changes. */
    private final class Changing {

        private final List<Page> pages = new ArrayList<>();
        private final List<Integer> blocks = new ArrayList<>();
        private final List<int[]> parts = new ArrayList<>();
        private final List<Page> fresh = new ArrayList<>();
        private boolean done;

        void add(long index, int from, int to, Room room) throws IOException {
            Page page = cached.use(index);
            if (page == null) {
                page = cached.make(index, room);
                fresh.add(page);
                if (to - from < pageSize) {
                    fill(page);
                }
            }
            pages.add(page);
            parts.add(new int[] {from, to});
            blocks.add(to == from ? 1 : mask(from / blockSize, (to - 1) / blockSize));
        }

        private int mask(int first, int last) {
            return (1 << (last + 1)) - (1 << first);
        }

        private void fill(Page page) throws IOException {
            long start = page.index * pageSize;
            int there = (int) Math.max(0, Math.min(pageSize, file.limit() - start));
            ByteBuffer buffer = page.part(0, there);
            if (there > 0) {
                backing.read(buffer, start);
            }
            zero(page.part(there, pageSize - there));
        }

        void copyIn(ByteBuffer src) {
            for (int i = 0; i < pages.size(); i++) {
                int from = parts.get(i)[0];
                int length = parts.get(i)[1] - from;
                pages.get(i).part(from, length).put(src.slice(src.position(), length));
                src.position(src.position() + length);
            }
            done = true;
            cached.publish(pages, blocks);
        }

        /** Pages that were there before stay as they were. */
        void end() {
            if (!done) {
                cached.release(
                        pages.stream().filter(page -> !fresh.contains(page)).toList());
                fresh.forEach(cached::discard);
            }
        }
    }

    private static void zero(ByteBuffer part) {
        while (part.hasRemaining()) {
            ByteBuffer zeros = Buffers.zeros();
            part.put(zeros.limit(Math.min(zeros.remaining(), part.remaining())));
        }
    }

    /** Makes the end of a page zeros that lies after the new end of the file. The page is cached, and changed. */
    void zeroFrom(long index, int from) {
        Page page = cached.use(index);
        zero(page.part(from, pageSize - from));
        cached.release(List.of(page));
    }

    /** Writes out what is dirty of a range. The caller holds no range lock; others may go on changing it. */
    void writeOut(PageRange range) throws IOException {
        PageRange left = cached.dirtyPart(range);
        while (left != null) {
            long end = Math.min(left.end(), left.first() + RUN / pageSize);
            PageRange next = new PageRange(left.first(), end);
            RangeLocks.Held lock = file.locks.lock(List.of(new Lease(next, LeaseMode.SHARED)));
            try {
                writeOutLocked(next);
            } finally {
                file.locks.unlock(lock);
            }
            // What becomes dirty after the last page meanwhile is not waited for, or this might never end.
            left = end < left.end() ? cached.dirtyPart(new PageRange(end, left.end())) : null;
        }
    }

    /** Writes out what is dirty of a range, at most as long as a run, that the caller has locked. */
    void writeOutLocked(PageRange range) throws IOException {
        writing.lock();
        try {
            List<Page> run = cached.dirtyRun(range);
            while (!run.isEmpty()) {
                try {
                    writeOut(run);
                    cached.cleaned(run);
                } finally {
                    cached.release(run);
                }
                run = cached.dirtyRun(range);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Pages that follow each other: all the dirty blocks that follow each other in one go. */
    private void writeOut(List<Page> run) throws IOException {
        ByteBuffer buffer = RUNS.take();
        try {
            long start = run.get(0).index * pageSize;
            long blocks = (long) run.size() * (pageSize / blockSize);
            for (long from = nextBlock(run, 0, true); from < blocks; ) {
                long to = nextBlock(run, from, false);
                gather(run, from * blockSize, to * blockSize, buffer.clear());
                backing.write(buffer.flip(), start + from * blockSize);
                from = nextBlock(run, to, true);
            }
        } finally {
            RUNS.give(buffer);
        }
    }

    private long nextBlock(List<Page> run, long from, boolean dirty) {
        int each = pageSize / blockSize;
        long block = from;
        while (block < (long) run.size() * each
                && ((run.get((int) (block / each)).dirty >> (block % each) & 1) == 1) != dirty) {
            block++;
        }
        return block;
    }

    private void gather(List<Page> run, long from, long to, ByteBuffer buffer) {
        for (long at = from; at < to; ) {
            int start = (int) (at % pageSize);
            int length = (int) Math.min(pageSize - start, to - at);
            buffer.put(run.get((int) (at / pageSize)).part(start, length));
            at += length;
        }
    }

    /** Runs something apart from all that is written out. */
    void whileNothingIsWritten(FileLeases.Step step) throws IOException {
        writing.lock();
        try {
            step.run();
        } finally {
            writing.unlock();
        }
    }

    /** Drops what is cached, dirty or not. */
    void drop(PageRange range) throws IOException {
        if (cached.drop(range)) {
            backing.dropped(range);
        }
    }

    /** Drops what was written out. */
    void dropClean(PageRange range) {
        cached.dropClean(range);
    }

    void leasesChanged() {
        backing.changed();
    }

    FilePages cached() {
        return cached;
    }
}
