package org.hikae.fs.shared.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.spi.DirectoryPart;
import org.hikae.fs.shared.store.Changes;
import org.hikae.fs.shared.store.Entry;
import org.hikae.fs.shared.store.Table;
import org.hikae.fs.shared.store.View;

/** Names in directories, in the order of directory, hash and name; each leads to an inode. */
public final class NameTable {

    private static final String STRUCTURE = "table of names";
    /** Entries of a part of a listing; names of one hash stay together, so some more are possible. */
    private static final int PART = 1024;

    private NameTable() {}

    /** A name as it stands in the table. */
    public record Name(long directory, long hash, FileName name, long inode) {}

    /** Number of the inode that a name leads to; 0 if the directory has no such name. */
    public static long find(View view, long directory, FileName name) throws IOException {
        byte[] bytes = name.bytes();
        byte[] value = Names.problem(bytes) != null ? null : view.get(Table.NAMES, key(directory, bytes));
        return value == null ? 0 : inode(directory, value);
    }

    public static void put(Changes changes, long directory, FileName name, long inode) throws IOException {
        changes.put(Table.NAMES, key(directory, name.bytes()), Numbers.encode(inode));
    }

    public static void remove(Changes changes, long directory, FileName name) throws IOException {
        changes.remove(Table.NAMES, key(directory, name.bytes()));
    }

    public static boolean isEmpty(View view, long directory) throws IOException {
        Entry first = view.ceiling(Table.NAMES, Keys.of(directory));
        return first == null || Keys.first(first.key(), STRUCTURE) != directory;
    }

    /**
     * A part of a directory.
     *
     * @param from the smallest hash to be listed
     */
    public static DirectoryPart list(View view, long directory, long from) throws IOException {
        List<DirectoryEntry> entries = new ArrayList<>();
        long[] last = {-1};
        boolean[] more = {false};
        scan(view, directory, from, name -> {
            more[0] = name.directory() == directory && entries.size() >= PART && name.hash() != last[0];
            if (name.directory() != directory || more[0]) {
                return false;
            }
            entries.add(new DirectoryEntry(name.name(), name.inode()));
            last[0] = name.hash();
            return true;
        });
        return new DirectoryPart(entries, more[0] ? last[0] + 1 : -1);
    }

    /** Shows all names from a place on, in order, those of later directories too, until the visitor has enough. */
    public static void scan(View view, long directory, long hash, RecordVisitor<Name> visitor) throws IOException {
        Records.scan(view, Table.NAMES, Keys.of(directory, hash), NameTable::decode, visitor);
    }

    private static Name decode(byte[] key, byte[] value) throws FileSystemRefusedException {
        long directory = Keys.first(key, STRUCTURE);
        long hash = Keys.second(key, STRUCTURE);
        byte[] name = Keys.rest(key, 2);
        String problem = Names.problem(name);
        if (problem == null && Names.hash(name) != hash) {
            problem = "its hash is not that of its bytes";
        }
        if (problem != null) {
            throw new FileSystemRefusedException(
                    "name '" + FileName.of(name) + "' in directory of inode " + directory, -1, problem);
        }
        return new Name(directory, hash, FileName.of(name), inode(directory, value));
    }

    private static byte[] key(long directory, byte[] name) {
        return Keys.of(directory, Names.hash(name), name);
    }

    private static long inode(long directory, byte[] value) throws FileSystemRefusedException {
        String structure = "directory of inode " + directory;
        long inode = Numbers.decode(value, 1, structure)[0];
        if (inode <= 0) {
            throw new FileSystemRefusedException(structure, -1, "a name in it leads to the impossible inode " + inode);
        }
        return inode;
    }
}
