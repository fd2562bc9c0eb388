package org.hikae.media.meta;

import com.github.luben.zstd.Zstd;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.IndexRef;
import org.hikae.media.format.Sha256;

/**
 * The pages of meta information, of which those used last are in memory. Nothing is returned of one that is not what was
 * written (I9). Not thread-safe.
 */
final class MetaPages {

    private static final int IN_MEMORY = 16;

    private final IndexRef ref;
    private final String id;
    private final MetaObject.Input input;
    private final MetaDirectory directory;
    /** The least recently used first. */
    private final Map<Integer, byte[]> pages = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Opens meta information by reading its directory.
     *
     * @param id of the generation, for messages
     * @throws DamagedException if it is missing, or its directory is damaged
     */
    MetaPages(IndexRef ref, String id, MetaObject.Input input) throws IOException {
        this.ref = ref;
        this.id = id;
        this.input = input;
        try {
            this.directory = readDirectory();
        } catch (DamagedException e) {
            throw new DamagedException(
                    "the meta information of " + id + " (" + ref.name() + ") is damaged: " + e.getMessage(), e);
        }
    }

    private MetaDirectory readDirectory() throws IOException {
        long end = ref.length() - ref.directoryLength();
        if (end < MetaDirectory.HEADER) {
            throw new DamagedException("its directory is longer than itself");
        }
        read(
                MetaDirectory.HEADER,
                0,
                bytes -> Arrays.equals(bytes, MetaDirectory.header()),
                "it does not begin as meta information, or is of a newer version");
        byte[] bytes = read(ref.directoryLength(), end, this::isDirectory, "its directory does not match its hash");
        return MetaDirectory.read(ByteBuffer.wrap(bytes), end);
    }

    private boolean isDirectory(byte[] bytes) {
        MessageDigest digest = Sha256.begin();
        digest.update(bytes);
        return Sha256.end(digest).equals(ref.directorySha256());
    }

    private byte[] read(int length, long position, Predicate<byte[]> right, String wrong) throws IOException {
        byte[] bytes = read(length, position);
        if (!right.test(bytes)) {
            DamagedException damage = new DamagedException(wrong);
            input.readCopy(ByteBuffer.wrap(bytes), position, damage);
            if (!right.test(bytes)) {
                throw damage;
            }
        }
        return bytes;
    }

    private byte[] read(int length, long position) throws IOException {
        byte[] bytes = new byte[length];
        try {
            input.read(ByteBuffer.wrap(bytes), position);
        } catch (NoSuchFileException e) {
            throw new DamagedException("it is missing", e);
        } catch (EOFException e) {
            throw new DamagedException("it is cut off", e);
        }
        return bytes;
    }

    MetaDirectory directory() {
        return directory;
    }

    /** The id of the generation. */
    String id() {
        return id;
    }

    /** A page, unpacked. */
    ByteBuffer page(int number) throws IOException {
        byte[] page = pages.get(number);
        if (page == null) {
            try {
                page = unpacked(number);
            } catch (DamagedException e) {
                throw damaged(number, e.getMessage());
            }
            pages.put(number, page);
            if (pages.size() > IN_MEMORY) {
                pages.remove(pages.keySet().iterator().next());
            }
        }
        return ByteBuffer.wrap(page);
    }

    private byte[] unpacked(int number) throws IOException {
        byte[] stored = read(
                directory.length(number),
                directory.offset(number),
                bytes -> directory.matches(number, bytes),
                "it does not match its hash");
        long length = Zstd.getFrameContentSize(stored);
        if (length < 1 || length > MetaDirectory.MAX_PAGE) {
            throw new DamagedException("it is not compressed as it should be");
        }
        byte[] page = new byte[(int) length];
        if (Zstd.decompressByteArray(page, 0, page.length, stored, 0, stored.length) != length) {
            throw new DamagedException("it does not unpack");
        }
        return page;
    }

    /** What is thrown for a page that is not what was written. */
    FileSystemRefusedException damaged(int page, String why) {
        return new FileSystemRefusedException(
                "the meta information of " + id + ", page at byte " + directory.offset(page) + " of " + ref.name(),
                -1,
                why);
    }
}
