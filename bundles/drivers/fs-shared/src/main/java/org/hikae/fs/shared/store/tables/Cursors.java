package org.hikae.fs.shared.store.tables;

import java.io.IOException;
import java.util.Arrays;
import org.h2.mvstore.Cursor;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.Entry;
import org.hikae.fs.shared.store.Table;
import org.hikae.fs.shared.store.View;

/** Goes through entries of a table. */
final class Cursors {

    private Cursors() {}

    /** Null if there is none. */
    static Entry first(Cursor<byte[], byte[]> cursor) {
        return cursor.hasNext() ? new Entry(cursor.next(), cursor.getValue()) : null;
    }

    /** Shows all, until the visitor has enough. */
    static void scan(Table table, Cursor<byte[], byte[]> cursor, View.Visitor visitor) throws IOException {
        byte[] before = null;
        while (Translation.of(cursor::hasNext)) {
            byte[] key = Translation.of(cursor::next);
            // pages that refer to one another in a circle would never end
            if (before != null && Arrays.compareUnsigned(before, key) >= 0) {
                throw new FileSystemRefusedException("metadata", -1, "the keys of " + table + " are in disorder");
            }
            before = key;
            if (!visitor.visit(key, cursor.getValue())) {
                return;
            }
        }
    }
}
