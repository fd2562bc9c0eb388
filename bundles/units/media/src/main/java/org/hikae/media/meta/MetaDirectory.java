package org.hikae.media.meta;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Sha256;
import org.hikae.media.format.Varint;

/**
 * Where the pages of meta information lie, which files are in each, and their hashes. It is read when the meta information is
 * opened; with its own hash in the manifest, each page can be trusted without the others. Immutable.
 */
final class MetaDirectory {

    static final byte[] MAGIC = "HIKAEMET".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    /** Bytes of what is first in the object. */
    static final int HEADER = 16;

    /** Bytes of a page's hash: the first ones of a SHA-256. */
    private static final int HASH = 16;

    /** Bytes of a page at most, unpacked. */
    static final int MAX_PAGE = 1 << 18;

    /** Bytes of a page at most, as it lies: what cannot be compressed gets longer. */
    private static final int MAX_STORED = MAX_PAGE + (1 << 12);

    /** Bytes of it at most: it is read into memory. */
    static final int MAX_BYTES = 64 << 20;

    /** Bytes of the shortest that there is to say of a page. */
    private static final int LEAST = 2 + HASH;

    /**
     * A page as it was written.
     *
     * @param files number of the files that begin in it
     * @param from no file that begins before the page has this key or a higher one, and none that begins in it a lower one;
     *     of no meaning if none begins in it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(int length, byte[] hash, int files, byte[] from) {}

    private final SourceInfo source;
    /** Where each page begins, and where the last one ends. */
    private final long[] offsets;

    private final byte[] hashes;
    /** Number of the files that begin before each page, and of all. */
    private final long[] files;
    /** By page; for one in which no file begins, that of the page before. */
    private final byte[][] froms;

    private MetaDirectory(SourceInfo source, int pages) {
        this.source = source;
        offsets = new long[pages + 1];
        hashes = new byte[pages * HASH];
        files = new long[pages + 1];
        froms = new byte[pages][];
    }

    /** What is first in the object. */
    static byte[] header() {
        byte[] header = Arrays.copyOf(MAGIC, HEADER);
        header[MAGIC.length] = VERSION;
        return header;
    }

    static void write(OutputStream out, SourceInfo source, List<Entry> pages) throws IOException {
        source.write(out);
        Varint.write(out, pages.size());
        byte[] before = PathKey.ROOT;
        for (Entry page : pages) {
            Varint.write(out, page.length());
            out.write(page.hash());
            Varint.write(out, page.files());
            if (page.files() > 0) {
                int shared = PathKey.shared(before, page.from());
                Varint.write(out, shared);
                Varint.write(out, page.from().length - shared);
                out.write(page.from(), shared, page.from().length - shared);
                before = page.from();
            }
        }
    }

    /**
     * Reads a directory, whose bytes may be anything.
     *
     * @param end where the last page ends in the object
     * @throws DamagedException if it makes no sense
     */
    static MetaDirectory read(ByteBuffer src, long end) throws DamagedException {
        SourceInfo source = SourceInfo.read(src);
        long pages = Varint.get(src);
        if (pages < 1 || pages > src.remaining() / LEAST) {
            throw new DamagedException("it says that it has more pages than it has room for, or none");
        }
        MetaDirectory directory = new MetaDirectory(source, (int) pages);
        directory.read(src);
        if (src.hasRemaining() || directory.offsets[(int) pages] != end) {
            throw new DamagedException("it does not end where it should");
        }
        return directory;
    }

    private void read(ByteBuffer src) throws DamagedException {
        offsets[0] = HEADER;
        byte[] before = PathKey.ROOT;
        for (int page = 0; page < pages(); page++) {
            long length = Varint.get(src);
            if (length > MAX_STORED) {
                throw new DamagedException("a page is too long");
            }
            offsets[page + 1] = offsets[page] + length;
            System.arraycopy(Bytes.take(src, HASH), 0, hashes, page * HASH, HASH);
            long begin = Varint.get(src);
            if (begin > MAX_PAGE || page == 0 && begin == 0) {
                throw new DamagedException("a page has more files than it has room for, or none");
            }
            files[page + 1] = files[page] + begin;
            if (begin > 0) {
                byte[] from = from(src, before);
                if (page > 0 && Arrays.compareUnsigned(before, from) >= 0) {
                    throw new DamagedException("its pages are out of order");
                }
                before = from;
            }
            froms[page] = before;
        }
    }

    private static byte[] from(ByteBuffer src, byte[] before) throws DamagedException {
        long shared = Varint.get(src);
        long more = Varint.get(src);
        if (shared > before.length || more > MAX_PAGE) {
            throw new DamagedException("a page begins with a path that there cannot be");
        }
        byte[] from = Arrays.copyOf(before, (int) (shared + more));
        System.arraycopy(Bytes.take(src, more), 0, from, (int) shared, (int) more);
        return from;
    }

    SourceInfo source() {
        return source;
    }

    int pages() {
        return offsets.length - 1;
    }

    /** Number of all files: of names, that is. */
    long files() {
        return files[pages()];
    }

    /** Number of the files that begin before a page; of all for the one after the last. */
    long filesBefore(int page) {
        return files[page];
    }

    /** The page in which the file of an ordinal begins. */
    int pageOf(long ordinal) {
        int low = 0;
        int high = pages() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (files[middle + 1] <= ordinal) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The page in which a file begins, if there is one with that key. */
    int pageOf(byte[] key) {
        int low = 0;
        int high = pages() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (Arrays.compareUnsigned(froms[middle], key) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        // Pages in which none begins follow the one in which their file does.
        return files[low + 1] > files[low] ? low : pageOf(files[low] - 1);
    }

    /** Where a page lies in the object. */
    long offset(int page) {
        return offsets[page];
    }

    /** Bytes of a page as it lies. */
    int length(int page) {
        return (int) (offsets[page + 1] - offsets[page]);
    }

    /** Whether bytes are those of a page. */
    boolean matches(int page, byte[] bytes) {
        return Arrays.equals(hash(bytes), 0, HASH, hashes, page * HASH, (page + 1) * HASH);
    }

    /** The hash of a page's bytes. */
    static byte[] hash(byte[] bytes) {
        MessageDigest digest = Sha256.begin();
        return Arrays.copyOf(digest.digest(bytes), HASH);
    }
}
