package org.hikae.node.cache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.hikae.api.cache.PageRange;

/** The pages of one file that are in a node's cache. Thread-safe, by the cache's monitor. */
final class FilePages {

    private final PageCache cache;
    private final CoherentFile file;
    private final int pageSize;
    private final int blockSize;
    private final NavigableMap<Long, Page> pages = new TreeMap<>();
    private final NavigableMap<Long, Page> dirty = new TreeMap<>();

    /** Guarded by the cache's monitor, as all below. */
    private long dirtyBytes;

    /** When the first of the dirty pages became so, but for those that are just being written out. */
    private long dirtySince;

    /** Writing out is not tried before this time; 0: at any time. */
    private long notBefore;

    FilePages(PageCache cache, CoherentFile file, int pageSize, int blockSize) {
        this.cache = cache;
        this.file = file;
        this.pageSize = pageSize;
        this.blockSize = blockSize;
    }

    CoherentFile file() {
        return file;
    }

    void dirtySince(long nanos) {
        dirtySince = nanos;
        notBefore = 0;
    }

    void failed(long retryAt) {
        notBefore = retryAt;
    }

    /** How long it is until the pages should be written out, if they may be dirty for so long. */
    long nanosLeft(long now, long age) {
        long left = age - (now - dirtySince);
        return notBefore == 0 ? left : Math.max(left, notBefore - now);
    }

    /** The page, in use until {@link #release}; null if it is not cached. */
    Page use(long index) {
        synchronized (cache) {
            Page page = pages.get(index);
            if (page != null) {
                use(page);
            }
            return page;
        }
    }

    private void use(Page page) {
        page.uses++;
        cache.busy(page);
    }

    /** A page that was not cached, with any content, in use and known to its user alone until {@link #publish}. */
    Page make(long index, Room room) {
        synchronized (cache) {
            room.take(pageSize);
            Page page = new Page(this, index, cache.memory(pageSize));
            page.uses = 1;
            return page;
        }
    }

    /** A page that came to nothing. */
    void discard(Page page) {
        synchronized (cache) {
            cache.recycle(page);
        }
    }

    /**
     * The pages are cached now, changed, and in use no more.
     *
     * @param changed for each page a bit for each changed block
     */
    void publish(List<Page> changedPages, List<Integer> changed) {
        synchronized (cache) {
            for (int i = 0; i < changedPages.size(); i++) {
                Page page = changedPages.get(i);
                pages.put(page.index, page);
                dirty(page, changed.get(i));
                release(page);
            }
        }
    }

    private void dirty(Page page, int blocks) {
        int added = Integer.bitCount(blocks & ~page.dirty) * blockSize;
        if (blocks != 0) {
            page.dirty |= blocks;
            dirty.put(page.index, page);
            dirtyBytes += added;
            cache.dirtied(this, added);
        }
    }

    void release(Collection<Page> used) {
        synchronized (cache) {
            used.forEach(this::release);
        }
    }

    private void release(Page page) {
        page.uses--;
        if (page.uses == 0 && page.dirty == 0 && pages.get(page.index) == page) {
            cache.idle(page);
        }
    }

    /** The cache's: the page is neither used nor dirty, and needed elsewhere. */
    void forget(Page page) {
        pages.remove(page.index, page);
    }

    /** The first dirty pages of a range that follow each other, in use; empty if there are none. */
    List<Page> dirtyRun(PageRange range) {
        List<Page> run = new ArrayList<>();
        synchronized (cache) {
            for (Page page : part(dirty, range).values()) {
                if (!run.isEmpty() && page.index != run.get(0).index + run.size()) {
                    break;
                }
                use(page);
                run.add(page);
            }
        }
        return run;
    }

    /** From the first dirty page of a range to the last; null if there is none. */
    PageRange dirtyPart(PageRange range) {
        synchronized (cache) {
            NavigableMap<Long, Page> found = part(dirty, range);
            return found.isEmpty() ? null : new PageRange(found.firstKey(), found.lastKey() + 1);
        }
    }

    /** The pages are on the disk. */
    void cleaned(Collection<Page> written) {
        synchronized (cache) {
            written.forEach(this::clean);
        }
    }

    private void clean(Page page) {
        int bytes = Integer.bitCount(page.dirty) * blockSize;
        page.dirty = 0;
        dirty.remove(page.index, page);
        dirtyBytes -= bytes;
        cache.cleaned(this, bytes);
    }

    /**
     * Drops pages, dirty or not. Nobody uses them.
     *
     * @return whether some were dirty
     */
    boolean drop(PageRange range) {
        boolean lost = false;
        synchronized (cache) {
            List<Page> dropped = new ArrayList<>(part(pages, range).values());
            for (Page page : dropped) {
                if (page.dirty != 0) {
                    lost = true;
                    clean(page);
                }
                cache.busy(page);
                pages.remove(page.index);
                cache.recycle(page);
            }
        }
        return lost;
    }

    /** Drops pages that are not dirty. Nobody uses them. */
    void dropClean(PageRange range) {
        synchronized (cache) {
            List<Page> dropped = new ArrayList<>(part(pages, range).values());
            for (Page page : dropped) {
                if (page.dirty == 0) {
                    cache.busy(page);
                    pages.remove(page.index);
                    cache.recycle(page);
                }
            }
        }
    }

    private static NavigableMap<Long, Page> part(NavigableMap<Long, Page> all, PageRange range) {
        return all.subMap(range.first(), true, range.end(), false);
    }

    boolean isDirty() {
        synchronized (cache) {
            return !dirty.isEmpty();
        }
    }

    boolean isDirty(long page) {
        synchronized (cache) {
            return dirty.containsKey(page);
        }
    }

    boolean isEmpty() {
        synchronized (cache) {
            return pages.isEmpty();
        }
    }

    /** The first cached page from one on; {@link Long#MAX_VALUE} if there is none. */
    long next(long from) {
        synchronized (cache) {
            Long next = pages.ceilingKey(from);
            return next == null ? Long.MAX_VALUE : next;
        }
    }

    /** What is cached of a range, neighbours joined. */
    List<PageRange> cached(PageRange range) {
        synchronized (cache) {
            return runs(part(pages, range).keySet());
        }
    }

    /** What is dirty of a range, neighbours joined. */
    List<PageRange> dirty(PageRange range) {
        synchronized (cache) {
            return runs(part(dirty, range).keySet());
        }
    }

    private static List<PageRange> runs(Set<Long> ascending) {
        List<PageRange> runs = new ArrayList<>();
        for (long index : ascending) {
            PageRange last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last != null && last.end() == index) {
                runs.set(runs.size() - 1, new PageRange(last.first(), index + 1));
            } else {
                runs.add(new PageRange(index, index + 1));
            }
        }
        return runs;
    }

    /** How many bytes of a range are cached. */
    long cachedBytes(PageRange range) {
        synchronized (cache) {
            return (long) part(pages, range).size() * pageSize;
        }
    }

    long dirtyBytes() {
        synchronized (cache) {
            return dirtyBytes;
        }
    }

    /** How many bytes of a range are dirty. */
    long dirtyBytes(PageRange range) {
        synchronized (cache) {
            return part(dirty, range).values().stream()
                    .mapToLong(page -> (long) Integer.bitCount(page.dirty) * blockSize)
                    .sum();
        }
    }
}
