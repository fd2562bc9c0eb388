package org.hikae.media.meta;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileSystemRefusedException;

/** Finds files in meta information by their paths and numbers, each in one page. Not thread-safe. */
final class MetaFiles {

    private final MetaPages pages;
    /** At the file that was asked for last; null at first: who shows a file is asked for all of it next. */
    private ItemCursor last;

    MetaFiles(MetaPages pages) {
        this.pages = pages;
    }

    MetaPages pages() {
        return pages;
    }

    /** A cursor before the first file. */
    ItemCursor all() {
        return new ItemCursor(pages, 0);
    }

    /** A cursor at the file of a key. */
    Optional<ItemCursor> find(byte[] key) throws IOException {
        ItemCursor at = new ItemCursor(pages, pages.directory().pageOf(key));
        while (at.nextFile()) {
            int order = Arrays.compareUnsigned(at.key(), key);
            if (order >= 0) {
                return order == 0 ? Optional.of(remember(at)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * A cursor at a file.
     *
     * @throws FileSystemRefusedException if there is no such file
     */
    ItemCursor get(long number) throws IOException {
        long ordinal = number - 1;
        if (ordinal < 0 || ordinal >= pages.directory().files()) {
            throw missing(number);
        }
        ItemCursor at = begin(ordinal);
        while (at.ordinal() < ordinal && at.nextFile()) {
            // Those before it in the page.
        }
        FileAttributes attributes = at.attributes();
        if (attributes.inode() != number) {
            throw missing(number);
        }
        return remember(at);
    }

    private ItemCursor begin(long ordinal) {
        int page = pages.directory().pageOf(ordinal);
        boolean goesOn = last != null && last.page() == page && last.ordinal() <= ordinal;
        return goesOn ? last.copy() : new ItemCursor(pages, page);
    }

    private ItemCursor remember(ItemCursor at) {
        last = at.copy();
        return at;
    }

    /** To be told of each file that a walk comes to. */
    void metAt(ItemCursor at) {
        last = at.copy();
    }

    private FileSystemRefusedException missing(long number) {
        return new FileSystemRefusedException(
                "file " + number, -1, "no file of the group in " + pages.id() + " has that number");
    }
}
