package org.hikae.media.meta;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hikae.api.fs.FileAttributes;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Varint;

/** Goes through the items of meta information in their order. Not thread-safe. */
final class ItemCursor {

    private final MetaPages pages;
    /** The page it is in; what is left of it; and the key of the last file that began in it. */
    private int page;

    private ByteBuffer bytes;
    private byte[] keyInPage = PathKey.ROOT;
    /** The file that it is in; null before the first one. */
    private byte[] key;

    private long ordinal;
    private ItemKind kind = ItemKind.FILE;
    private ByteBuffer body = ByteBuffer.allocate(0);

    /** Begins at a page, with the items of it that are of a file before. */
    ItemCursor(MetaPages pages, int page) {
        this.pages = pages;
        this.page = page - 1;
        this.bytes = ByteBuffer.allocate(0);
        this.ordinal = pages.directory().filesBefore(page) - 1;
    }

    private ItemCursor(ItemCursor other) {
        pages = other.pages;
        page = other.page;
        bytes = other.bytes.duplicate();
        keyInPage = other.keyInPage;
        key = other.key;
        ordinal = other.ordinal;
        kind = other.kind;
        body = other.body;
    }

    /** Another one at the same place. */
    ItemCursor copy() {
        return new ItemCursor(this);
    }

    /** Goes to the next item; false if there are no more. */
    boolean next() throws IOException {
        if (!bytes.hasRemaining() && !turn()) {
            return false;
        }
        try {
            kind = ItemKind.of(bytes.get());
            if (kind == ItemKind.FILE) {
                begin(readKey());
            }
            body = Bytes.slice(bytes, Varint.get(bytes));
        } catch (DamagedException e) {
            throw damaged(e);
        }
        return true;
    }

    private boolean turn() throws IOException {
        if (page >= 0
                && page < pages.directory().pages()
                && ordinal + 1 != pages.directory().filesBefore(page + 1)) {
            throw pages.damaged(page, "it has other files than its directory says");
        }
        if (page + 1 >= pages.directory().pages()) {
            return false;
        }
        page++;
        bytes = pages.page(page);
        keyInPage = PathKey.ROOT;
        return true;
    }

    private byte[] readKey() throws DamagedException {
        long shared = Varint.get(bytes);
        long more = Varint.get(bytes);
        if (shared > keyInPage.length || more > bytes.remaining()) {
            throw new DamagedException("it has a path that there cannot be");
        }
        byte[] next = Arrays.copyOf(keyInPage, (int) (shared + more));
        bytes.get(next, (int) shared, (int) more);
        return next;
    }

    private void begin(byte[] next) throws DamagedException {
        if (key != null && Arrays.compareUnsigned(key, next) >= 0) {
            throw new DamagedException("its files are out of order");
        }
        key = next;
        keyInPage = next;
        ordinal++;
    }

    /** Goes to the next file; false if there are no more. */
    boolean nextFile() throws IOException {
        while (next()) {
            if (kind == ItemKind.FILE) {
                return true;
            }
        }
        return false;
    }

    /** Goes to the next item of the file; false if there are no more. It is of no use any more then. */
    boolean nextOfFile() throws IOException {
        return next() && kind != ItemKind.FILE;
    }

    ItemKind kind() {
        return kind;
    }

    /** What the item says, to be read only through a duplicate. */
    ByteBuffer body() {
        return body.duplicate();
    }

    /** The key of the file; not known before the first one. */
    byte[] key() {
        return key;
    }

    long ordinal() {
        return ordinal;
    }

    int page() {
        return page;
    }

    /** The attributes of a file, at its item. */
    FileAttributes attributes() throws IOException {
        try {
            ByteBuffer src = body();
            long number = Varint.get(src);
            if (number < 1 || number > ordinal + 1) {
                throw new DamagedException("it has a file of a number that there cannot be");
            }
            return AttributesCodec.get(number, src);
        } catch (DamagedException e) {
            throw damaged(e);
        }
    }

    IOException damaged(DamagedException e) {
        return pages.damaged(page, e.getMessage());
    }
}
