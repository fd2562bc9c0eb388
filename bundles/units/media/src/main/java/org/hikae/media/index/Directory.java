package org.hikae.media.index;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Sha256;
import org.hikae.media.format.Varint;

/**
 * Where the pages of an index lie, which blocks each is of, and their hashes. It is read when a generation is opened;
 * with its own hash in the manifest, each page can be trusted without the others. Immutable.
 */
final class Directory {

    /** What is first in an index. */
    static final int HEADER = 16;

    /** Bytes of a page's hash: the first ones of a SHA-256. */
    static final int HASH = 16;

    /** Bytes of a page at most, as it lies. */
    static final int MAX_PAGE = 1 << 18;

    /** A page as it was written; {@code first} is its first block if it has runs. */
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(long first, int length, byte[] hash) {}

    private final int frameCount;
    private final int framePages;
    /** First block of each page of runs. */
    private final long[] firsts;
    /** Where each page begins, those of frames first, and where the last one ends. */
    private final long[] offsets;

    private final byte[] hashes;

    private Directory(int frameCount, int framePages, int runPages) {
        this.frameCount = frameCount;
        this.framePages = framePages;
        this.firsts = new long[runPages];
        this.offsets = new long[framePages + runPages + 1];
        this.hashes = new byte[(framePages + runPages) * HASH];
    }

    /** The bytes of a directory. */
    static ByteBuffer encode(long blockCount, int frameCount, List<Entry> framePages, List<Entry> runPages) {
        int entries = framePages.size() + runPages.size();
        ByteBuffer dst = ByteBuffer.allocate(
                Math.addExact(3 * Varint.MAX_BYTES, Math.multiplyExact(entries, 2 * Varint.MAX_BYTES + HASH)));
        Varint.put(dst, blockCount);
        Varint.put(dst, frameCount);
        Varint.put(dst, runPages.size());
        for (Entry page : framePages) {
            Varint.put(dst, page.length());
            dst.put(page.hash());
        }
        long first = 0;
        for (Entry page : runPages) {
            Varint.put(dst, page.first() - first);
            Varint.put(dst, page.length());
            dst.put(page.hash());
            first = page.first();
        }
        return dst.flip();
    }

    /**
     * Reads a directory, whose bytes may be anything.
     *
     * @param end where the last page ends in the index
     * @throws DamagedException if it makes no sense
     */
    static Directory decode(ByteBuffer src, long blockCount, long end) throws DamagedException {
        if (Varint.get(src) != blockCount) {
            throw new DamagedException("it is that of a disk of another size");
        }
        long frames = Varint.get(src);
        long runPages = Varint.get(src);
        long framePages = frames / FramePage.MAX_FRAMES + (frames % FramePage.MAX_FRAMES == 0 ? 0 : 1);
        int room = src.remaining() / HASH;
        if (frames > Integer.MAX_VALUE || framePages > room || runPages > room - framePages) {
            throw new DamagedException("it says that it has more pages than it has room for");
        }
        Directory directory = new Directory((int) frames, (int) framePages, (int) runPages);
        directory.read(src, blockCount);
        if (src.hasRemaining() || directory.offsets[directory.pages()] != end) {
            throw new DamagedException("it does not end where it should");
        }
        return directory;
    }

    private void read(ByteBuffer src, long blockCount) throws DamagedException {
        long first = 0;
        long offset = HEADER;
        for (int page = 0; page < pages(); page++) {
            offsets[page] = offset;
            if (page >= framePages) {
                long gap = Varint.get(src);
                if (gap >= blockCount - first || page > framePages && gap == 0) {
                    throw new DamagedException("a page has blocks that the disk does not have");
                }
                first += gap;
                firsts[page - framePages] = first;
            }
            long length = Varint.get(src);
            if (length > MAX_PAGE || src.remaining() < HASH) {
                throw new DamagedException("a page is too long");
            }
            offset += length;
            src.get(hashes, page * HASH, HASH);
        }
        offsets[pages()] = offset;
    }

    private int pages() {
        return offsets.length - 1;
    }

    /** Number of frames. */
    int frameCount() {
        return frameCount;
    }

    int framePages() {
        return framePages;
    }

    int runPages() {
        return firsts.length;
    }

    /** The page of runs in which a block is, if it is in one; -1 if it comes before all of them. */
    int runPageOf(long block) {
        int at = Arrays.binarySearch(firsts, block);
        return at >= 0 ? at : -at - 2;
    }

    /** First block of a page of runs. */
    long first(int runPage) {
        return firsts[runPage];
    }

    /** The number, among all pages, of a page of runs. */
    int ofRuns(int runPage) {
        return framePages + runPage;
    }

    /** Where a page lies in the index. */
    long offset(int page) {
        return offsets[page];
    }

    /** Bytes of a page as it lies. */
    int length(int page) {
        return (int) (offsets[page + 1] - offsets[page]);
    }

    /** Whether bytes are those of a page. */
    boolean matches(int page, byte[] bytes) {
        byte[] hash = hash(bytes);
        return Arrays.equals(hash, 0, HASH, hashes, page * HASH, (page + 1) * HASH);
    }

    /** The hash of a page's bytes. */
    static byte[] hash(byte[] bytes) {
        return Arrays.copyOf(Sha256.begin().digest(bytes), HASH);
    }

    /** Bytes of memory that it takes, about. */
    long bytes() {
        return 8L * firsts.length + 8L * offsets.length + hashes.length;
    }
}
