package org.hikae.media.meta;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.media.format.Sha256;
import org.hikae.media.format.Varint;

/** Writes items in their order, page after page, and then the directory. Not thread-safe. */
final class MetaPageWriter implements Closeable {

    /** Bytes that a page is filled up to, unpacked: little to read for one file, and enough to compress well. */
    private static final int FULL = 1 << 16;

    private static final int LEVEL = 3;

    /** The directory as it was written. */
    record Written(int directoryLength, String directorySha256) {}

    private final OutputStream out;
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private final ByteBuffer page = ByteBuffer.allocate(MetaDirectory.MAX_PAGE);
    private final List<MetaDirectory.Entry> pages = new ArrayList<>();
    /** Of the last file in the page; the root's if there is none. */
    private byte[] keyInPage = PathKey.ROOT;
    /** Of the last file before the page; null if there is none. */
    private byte[] keyBefore;
    /** Of the last file; null if there is none. */
    private byte[] lastKey;

    private byte[] from = PathKey.ROOT;
    private int files;

    /** @param out stays open */
    MetaPageWriter(OutputStream out) throws IOException {
        this.out = out;
        zstd.setLevel(LEVEL);
        zstd.setContentSize(true);
        zstd.setChecksum(false);
        out.write(MetaDirectory.header());
    }

    /** Adds a file, whose key is higher than those of all before. */
    void addFile(byte[] key, ByteBuffer body) throws IOException {
        makeRoom(key.length + body.remaining());
        if (files == 0) {
            from = keyBefore == null ? key : separator(keyBefore, key);
        }
        int shared = PathKey.shared(keyInPage, key);
        page.put(ItemKind.FILE.code());
        Varint.put(page, shared);
        Varint.put(page, key.length - shared);
        page.put(key, shared, key.length - shared);
        put(body);
        keyInPage = key;
        lastKey = key;
        files++;
    }

    /** Adds something of the file that was added last. */
    void add(ItemKind kind, ByteBuffer body) throws IOException {
        makeRoom(body.remaining());
        page.put(kind.code());
        put(body);
    }

    private void put(ByteBuffer body) {
        Varint.put(page, body.remaining());
        page.put(body);
    }

    private void makeRoom(int bytes) throws IOException {
        int most = bytes + 4 * Varint.MAX_BYTES;
        if (page.position() > 0 && page.position() + most > FULL) {
            flush();
        }
        if (most > page.remaining()) {
            throw new IOException("a path is too long: of " + bytes + " bytes");
        }
    }

    /** The shortest key that is higher than one and not higher than the other. */
    private static byte[] separator(byte[] before, byte[] key) {
        return Arrays.copyOf(key, PathKey.shared(before, key) + 1);
    }

    private void flush() throws IOException {
        byte[] stored = zstd.compress(Arrays.copyOf(page.array(), page.position()));
        out.write(stored);
        pages.add(new MetaDirectory.Entry(stored.length, MetaDirectory.hash(stored), files, from));
        page.clear();
        keyInPage = PathKey.ROOT;
        keyBefore = lastKey;
        files = 0;
    }

    /** Writes what is left and the directory; nothing is added any more. */
    Written end(SourceInfo source) throws IOException {
        if (page.position() > 0) {
            flush();
        }
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        MetaDirectory.write(directory, source, pages);
        if (directory.size() > MetaDirectory.MAX_BYTES) {
            throw new IOException(
                    "the group has more files than their meta information can tell of: its directory would" + " have "
                            + directory.size() + " bytes; make several groups of it, or keep that of all files");
        }
        byte[] bytes = directory.toByteArray();
        out.write(bytes);
        var digest = Sha256.begin();
        digest.update(bytes);
        return new Written(bytes.length, Sha256.end(digest));
    }

    @Override
    public void close() {
        zstd.close();
    }
}
