package org.hikae.node.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.cache.PageRange;
import org.hikae.api.fs.FileExtent;
import org.hikae.io.Buffers;

/**
 * The blocks of a regular file. What has none yet is promised some as soon as it is dirty, and gets them when it is written
 * out: so they lie in long runs. They become part of the file only after they were written (R17).
 */
final class FileBlocks implements Backing {

    private final OpenVolume volume;
    private final BlockDevice door;
    private final long inode;
    private final int size;
    private final Mapping mapping;

    /** Known extents, by first logical block; guarded by this, as all below. */
    private final NavigableMap<Long, FileExtent> known = new TreeMap<>();
    /** What is known: from here */
    private long from;
    /** to here. */
    private long to;

    /** Dirty pages without a block. */
    private final TreeSet<Long> promised = new TreeSet<>();
    /** Blocks that are reserved and not part of the file yet, since they could not be written. */
    private final NavigableMap<Long, Long> reserved = new TreeMap<>();

    FileBlocks(OpenVolume volume, long inode, Mapping mapping) {
        this.volume = volume;
        this.door = volume.door();
        this.inode = inode;
        this.size = volume.blockSize();
        this.mapping = mapping;
    }

    /** Makes blocks part of the file, once they were written. */
    @FunctionalInterface
    interface Mapping {
        /**
         * @param pages all that was written, with what was part of the file before
         * @param longer whether the file reaches to their end, even if it was shorter
         */
        void map(List<FileExtent> written, PageRange pages, boolean longer) throws IOException;
    }

    @Override
    public int pageSize() {
        return size;
    }

    @Override
    public int blockSize() {
        return size;
    }

    @Override
    public void read(ByteBuffer dst, long offset) throws IOException {
        volume.node().check();
        int limit = dst.limit();
        long at = offset;
        while (dst.position() < limit) {
            Place place = place(at / size);
            int length = (int) Math.min(place.blocks() * size - at % size, limit - dst.position());
            dst.limit(dst.position() + length);
            if (place.physical() < 0) {
                zero(dst);
            } else {
                door.read(dst, place.physical() * size + at % size);
            }
            at += length;
        }
        dst.limit(limit);
    }

    private static void zero(ByteBuffer part) {
        while (part.hasRemaining()) {
            ByteBuffer zeros = Buffers.zeros();
            part.put(zeros.limit(Math.min(zeros.remaining(), part.remaining())));
        }
    }

    /** Where a block lies, and how many after it lie likewise; physical -1: nowhere. */
    private record Place(long physical, long blocks) {}

    private synchronized Place place(long logical) throws IOException {
        if (logical < from || logical >= to) {
            load(logical);
        }
        var before = known.floorEntry(logical);
        if (before != null && logical < before.getValue().end()) {
            FileExtent extent = before.getValue();
            return new Place(extent.physical() + logical - extent.logical(), extent.end() - logical);
        }
        Long next = known.higherKey(logical);
        return new Place(-1, Math.min((1L << 40) / size, (next == null ? to : next) - logical));
    }

    private void load(long logical) throws IOException {
        known.clear();
        from = logical;
        to = Long.MAX_VALUE;
        List<FileExtent> extents = volume.files().extents(inode, logical);
        for (FileExtent extent : extents) {
            from = Math.min(from, extent.logical());
            to = extent.end();
            if (!extent.unwritten()) {
                known.put(extent.logical(), extent);
            }
        }
    }

    @Override
    public synchronized void changed() {
        known.clear();
        from = 0;
        to = 0;
    }

    @Override
    public synchronized void promise(PageRange pages) throws IOException {
        List<Long> added = new ArrayList<>();
        for (long page = pages.first(); page < pages.end(); ) {
            Place place = place(page);
            long end = Math.min(pages.end(), page + place.blocks());
            for (; page < end; page++) {
                if (place.physical() < 0 && !promised.contains(page) && !reserved.containsKey(page)) {
                    added.add(page);
                }
            }
        }
        if (!added.isEmpty()) {
            volume.tell(files -> {
                files.promise(added.size(), volume.opener());
                return null;
            });
            promised.addAll(added);
        }
    }

    @Override
    public synchronized void dropped(PageRange pages) throws IOException {
        var gone = promised.subSet(pages.first(), pages.end());
        int count = gone.size();
        gone.clear();
        if (count > 0) {
            volume.tell(files -> {
                files.giveBack(count, volume.opener());
                return null;
            });
        }
    }

    @Override
    public void write(ByteBuffer src, long offset) throws IOException {
        write(src, offset, false);
    }

    @Override
    public void extend(ByteBuffer src, long offset) throws IOException {
        write(src, offset, true);
    }

    private void write(ByteBuffer src, long offset, boolean longer) throws IOException {
        List<FileExtent> added = new ArrayList<>();
        long first = offset / size;
        long end = first + src.remaining() / size;
        for (long block = first; block < end; ) {
            Place place = place(block);
            long count = Math.min(place.blocks(), end - block);
            if (place.physical() < 0) {
                writeNew(src, block, count, added);
            } else {
                writeRun(src, new FileExtent(block, place.physical(), count, false));
            }
            block += count;
        }
        mapping.map(added, new PageRange(first, end), longer);
        if (!added.isEmpty()) {
            changed();
            added.forEach(this::mapped);
        }
    }

    private synchronized void mapped(FileExtent extent) {
        for (long block = extent.logical(); block < extent.end(); block++) {
            reserved.remove(block);
        }
    }

    private void writeNew(ByteBuffer src, long block, long count, List<FileExtent> added) throws IOException {
        reserve(block, count);
        for (long next = block; next < block + count; ) {
            FileExtent run = reservedRun(next, block + count);
            writeRun(src, run);
            added.add(run);
            next = run.end();
        }
    }

    /** Takes blocks for those that have none from an attempt that failed. */
    private synchronized void reserve(long block, long count) throws IOException {
        for (long next = block; next < block + count; ) {
            Long taken = reserved.ceilingKey(next);
            long end = taken == null ? block + count : Math.min(taken, block + count);
            if (end > next) {
                take(next, end - next);
            }
            next = end + 1;
        }
    }

    private void take(long block, long count) throws IOException {
        List<FileExtent> taken = volume.tell(files -> files.reserve(inode, block, count, volume.opener()));
        for (FileExtent extent : taken) {
            for (long i = 0; i < extent.count(); i++) {
                reserved.put(extent.logical() + i, extent.physical() + i);
                promised.remove(extent.logical() + i);
            }
        }
    }

    private synchronized FileExtent reservedRun(long block, long end) throws IOException {
        Long physical = reserved.get(block);
        if (physical == null) {
            throw new NoSuchFileException("inode " + inode, null, "no block was reserved for block " + block);
        }
        long count = 1;
        while (block + count < end && reserved.getOrDefault(block + count, -1L) == physical + count) {
            count++;
        }
        return new FileExtent(block, physical, count, false);
    }

    private void writeRun(ByteBuffer src, FileExtent run) throws IOException {
        int limit = src.limit();
        door.write(src.limit(src.position() + (int) (run.count() * size)), run.physical() * size);
        src.limit(limit);
    }
}
