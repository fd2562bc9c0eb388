package org.hikae.fs.shared.store.region;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.Checksum;

/**
 * A file in a region that changes from one state to the next as a whole (R17). What is written stays in memory until
 * {@link #publish}, which puts it where nothing is that counts, forces it, and then writes the root that lists it. So a crash
 * leaves the file as it was published last, to the byte, and whatever uses it need not care about half-written blocks, or
 * about places that are overwritten too early. Every block has a checksum, of which the last is the root's own: damage is
 * refused wherever it is.
 *
 * <p>The file is as long as it likes: blocks that are no longer needed have no place. Reads by many threads at once are safe,
 * with one that writes or publishes.
 */
public final class ShadowFile {

    /** Bytes of a block of the file, and of the region. */
    public static final int BLOCK = 4096;

    private static final int ROOT_SHARE = 128;
    private static final int LARGEST_ROOT = 256;
    /**
     * Blocks that the file can be longer than four times its region. Addresses that are not needed are used again after some
     * dozens of states: it never comes near. But who has to look for the end of a file must come to an end (I9).
     */
    private static final long LONGER = (16L << 30) / BLOCK;

    private final Span blocks;
    private final Root root;
    private final BlockPool pool;
    private final Writer writer;
    /** What the region holds. Replaced as a whole, and before {@link #pending} is emptied. */
    private volatile NavigableMap<Long, Segment> segments = new TreeMap<>();

    private final NavigableMap<Long, byte[]> pending = new ConcurrentSkipListMap<>();
    private volatile FileSystemRefusedException damage;
    private long mark;

    private ShadowFile(Span region, UUID id) {
        long all = region.size() / BLOCK;
        long slot = slot(all);
        this.root = new Root(region.part(0, slot * BLOCK), region.part(slot * BLOCK, slot * BLOCK), id);
        this.blocks = region.part(2 * slot * BLOCK, (all - 2 * slot) * BLOCK);
        this.pool = new BlockPool((int) (all - 2 * slot));
        this.writer = new Writer(blocks, pool);
    }

    /** Blocks of each place of the root. */
    private static long slot(long all) {
        return Math.min(LARGEST_ROOT, Math.max(1, all / ROOT_SHARE));
    }

    /** A text that is another one with each state of the file; whether all is sound is not looked at. */
    public static String stamp(Span region) throws IOException {
        ByteBuffer sectors = ByteBuffer.allocate(2 * Sectors.SECTOR);
        region.read(sectors.limit(Sectors.SECTOR), 0);
        region.read(sectors.limit(sectors.capacity()), slot(region.size() / BLOCK) * BLOCK);
        return String.format(Locale.ROOT, "%08x", Checksum.of(sectors.flip()));
    }

    /** Makes an empty file; it is there once it was published. */
    public static ShadowFile create(Span region, UUID id) throws IOException {
        ShadowFile file = new ShadowFile(region, id);
        file.root.begin();
        return file;
    }

    /**
     * Opens the file as it was published last.
     *
     * @throws FileSystemRefusedException if it is damaged
     */
    public static ShadowFile open(Span region, UUID id) throws IOException {
        ShadowFile file = new ShadowFile(region, id);
        Root.Content content = file.root.read();
        file.mark = content.mark();
        NavigableMap<Long, Segment> segments = new TreeMap<>();
        for (Segment.Entry entry : content.entries()) {
            segments.put(entry.start(), file.load(entry, segments));
        }
        file.segments = segments;
        return file;
    }

    /** What was given to {@link #publish}. */
    public long mark() {
        return mark;
    }

    /** Bytes, up to the end of the last block that is there. */
    public long size() {
        NavigableMap<Long, Segment> stored = segments;
        long end = stored.isEmpty() ? 0 : stored.lastEntry().getValue().end();
        Map.Entry<Long, byte[]> last = pending.lastEntry();
        return Math.max(end, last == null ? 0 : last.getKey() + 1) * BLOCK;
    }

    /** Bytes of the region that can hold blocks. */
    public long capacity() {
        return (long) pool.size() * BLOCK;
    }

    /** Bytes of them that are taken. */
    public long taken() {
        return (long) (pool.size() - pool.free()) * BLOCK;
    }

    /** How much of the list of segments is taken, from 0 to 1. */
    public double fragmentation() {
        return (double) segments.size() / root.mostSegments();
    }

    /** The first damage that was found; null if there is none. */
    public FileSystemRefusedException damage() {
        return damage;
    }

    /** Fills the buffer; what has no block reads as zeros. */
    public void read(ByteBuffer dst, long at) throws IOException {
        long position = at;
        while (dst.hasRemaining()) {
            int copied = readSome(dst, position / BLOCK, (int) (position % BLOCK));
            position += copied;
        }
    }

    /** Writes whole blocks, to memory. */
    public void write(ByteBuffer src, long at) {
        if (at % BLOCK != 0 || src.remaining() % BLOCK != 0) {
            throw new IllegalArgumentException(src.remaining() + " bytes at " + at + " are no whole blocks");
        }
        for (long block = at / BLOCK; src.hasRemaining(); block++) {
            byte[] bytes = new byte[BLOCK];
            src.get(bytes);
            pending.put(block, bytes);
        }
    }

    /**
     * Makes durable what was written; returns when it is. What is neither live nor was just written is given away.
     *
     * @param mark what {@link #mark} returns once this state is opened
     * @param live of the blocks that were there before
     * @throws IOException if there is no room, or it cannot be written; the state before counts then, or this one
     */
    public void publish(long mark, LiveBlocks live) throws IOException {
        NavigableMap<Long, Segment> next = new TreeMap<>();
        List<Segment> dropped = new ArrayList<>();
        for (Segment segment : segments.values()) {
            boolean kept = live.contains(segment.start()) && !isOverwritten(segment);
            if (kept) {
                next.put(segment.start(), segment);
            } else {
                dropped.add(segment);
            }
        }
        writer.write(pending, next);
        blocks.force();
        root.write(mark, next.values());
        blocks.force();
        root.counts();
        this.mark = mark;
        segments = next;
        pending.clear();
        dropped.forEach(this::free);
    }

    private boolean isOverwritten(Segment segment) {
        Long written = pending.ceilingKey(segment.start());
        return written != null && segment.contains(written);
    }

    private void free(Segment segment) {
        for (int place : segment.places()) {
            pool.free(place);
        }
        pool.free(segment.map());
    }

    private int readSome(ByteBuffer dst, long block, int skip) throws IOException {
        byte[] written = pending.get(block);
        if (written != null) {
            return copy(ByteBuffer.wrap(written), skip, dst);
        }
        Map.Entry<Long, Segment> entry = segments.floorEntry(block);
        if (entry == null || !entry.getValue().contains(block)) {
            return copy(ByteBuffer.allocate(BLOCK), skip, dst);
        }
        Segment segment = entry.getValue();
        int index = (int) (block - segment.start());
        int wanted = (skip + dst.remaining() + BLOCK - 1) / BLOCK;
        return copy(load(segment, index, run(segment.places(), index, wanted)), skip, dst);
    }

    /** How many of the wanted blocks lie one after the other. */
    private static int run(int[] places, int index, int wanted) {
        int count = 1;
        while (count < wanted && index + count < places.length && places[index + count] == places[index] + count) {
            count++;
        }
        return count;
    }

    private ByteBuffer load(Segment segment, int index, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count * BLOCK);
        long at = (long) segment.places()[index] * BLOCK;
        blocks.read(bytes, at);
        for (int block = 0; block < count; block++) {
            check(bytes.slice(block * BLOCK, BLOCK), segment.sums()[index + block], at + (long) block * BLOCK);
        }
        return bytes.flip();
    }

    private static int copy(ByteBuffer from, int skip, ByteBuffer dst) {
        int length = Math.min(dst.remaining(), from.limit() - skip);
        dst.put(from.slice(skip, length));
        return length;
    }

    private Segment load(Segment.Entry entry, NavigableMap<Long, Segment> before) throws IOException {
        long end = before.isEmpty() ? 0 : before.lastEntry().getValue().end();
        if (entry.start() < end || entry.start() > 4L * pool.size() + LONGER) {
            throw refuse(0, "a segment cannot begin at block " + entry.start());
        }
        if (entry.count() < 1 || entry.count() > Segment.MOST_BLOCKS) {
            throw refuse(0, "a segment cannot have " + entry.count() + " blocks");
        }
        claim(entry.map());
        ByteBuffer map = ByteBuffer.allocate(BLOCK);
        long at = (long) entry.map() * BLOCK;
        blocks.read(map, at);
        check(map.flip(), entry.mapSum(), at);
        Segment segment = Segment.decode(entry, map);
        for (int place : segment.places()) {
            claim(place);
        }
        return segment;
    }

    private void claim(int place) throws IOException {
        if (!pool.claim(place)) {
            throw refuse(0, "place " + place + " of the region does not exist, or is taken twice");
        }
    }

    private void check(ByteBuffer block, int sum, long at) throws IOException {
        if (Checksum.of(block) != sum) {
            throw refuse(at, "its checksum is wrong");
        }
    }

    private FileSystemRefusedException refuse(long at, String why) {
        FileSystemRefusedException refused = new FileSystemRefusedException("metadata", blocks.block(at), why);
        if (damage == null) {
            damage = refused;
        }
        return refused;
    }
}
