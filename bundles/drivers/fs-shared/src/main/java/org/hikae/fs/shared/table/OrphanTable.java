package org.hikae.fs.shared.table;

import java.io.IOException;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.Changes;
import org.hikae.fs.shared.store.Table;
import org.hikae.fs.shared.store.View;

/**
 * Inodes with which something is still to be done. What it is, their records say: one that has no record has left blocks or
 * attributes behind; one without links is open, and is to be removed; one with links has blocks after its size that are to be
 * taken off it.
 */
public final class OrphanTable {

    private static final byte[] NOTHING = {};
    private static final String STRUCTURE = "table of orphans";

    private OrphanTable() {}

    public static boolean contains(View view, long inode) throws IOException {
        return view.get(Table.ORPHANS, Keys.of(inode)) != null;
    }

    public static void add(Changes changes, long inode) throws IOException {
        changes.put(Table.ORPHANS, Keys.of(inode), NOTHING);
    }

    public static void remove(Changes changes, long inode) throws IOException {
        changes.remove(Table.ORPHANS, Keys.of(inode));
    }

    /** Shows all in order, until the visitor has enough. */
    public static void scan(View view, RecordVisitor<Long> visitor) throws IOException {
        Records.scan(view, Table.ORPHANS, Keys.of(0), OrphanTable::decode, visitor);
    }

    private static Long decode(byte[] key, byte[] value) throws FileSystemRefusedException {
        Keys.requireLength(key, 1, STRUCTURE);
        if (value.length != 0) {
            throw new FileSystemRefusedException(STRUCTURE, -1, "a record has " + value.length + " bytes");
        }
        return Keys.first(key, STRUCTURE);
    }
}
