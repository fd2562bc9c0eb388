package org.hikae.fs.shared.table;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.Changes;
import org.hikae.fs.shared.store.Table;
import org.hikae.fs.shared.store.View;

/** Inodes by their numbers. Numbers are never given to another file. */
public final class InodeTable {

    /** Number of the root directory. */
    public static final long ROOT = 1;

    private static final String STRUCTURE = "table of inodes";

    private InodeTable() {}

    /** @throws NoSuchFileException if there is no inode of this number */
    public static Inode get(View view, long number) throws IOException {
        Inode inode = find(view, number);
        if (inode == null) {
            throw new NoSuchFileException("inode " + number, null, "there is no such file any more");
        }
        return inode;
    }

    /** Null if there is none; the number may be any. */
    public static Inode find(View view, long number) throws IOException {
        byte[] record = number <= 0 ? null : view.get(Table.INODES, Keys.of(number));
        return record == null ? null : InodeRecord.decode(number, record);
    }

    public static void put(Changes changes, Inode inode) throws IOException {
        changes.put(Table.INODES, Keys.of(inode.number()), InodeRecord.encode(inode));
    }

    public static void remove(Changes changes, long number) throws IOException {
        changes.remove(Table.INODES, Keys.of(number));
    }

    /** Shows all inodes from a number on, in order, until the visitor has enough. */
    public static void scan(View view, long from, RecordVisitor<Inode> visitor) throws IOException {
        Records.scan(view, Table.INODES, Keys.of(from), InodeTable::decode, visitor);
    }

    private static Inode decode(byte[] key, byte[] value) throws FileSystemRefusedException {
        Keys.requireLength(key, 1, STRUCTURE);
        return InodeRecord.decode(Keys.first(key, STRUCTURE), value);
    }
}
