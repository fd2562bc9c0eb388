package org.hikae.fs.shared;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.View;
import org.hikae.fs.shared.table.Inode;
import org.hikae.fs.shared.table.InodeTable;
import org.hikae.fs.shared.table.NameTable;

/** Names that come and go, with what a directory's inode tells of them: its size, its links, its times. */
final class Directories {

    private Directories() {}

    /** The directory; maybe one that was removed and is open. */
    static Inode get(View view, long number) throws IOException {
        Inode inode = InodeTable.get(view, number);
        if (!inode.isDirectory()) {
            throw new NotDirectoryException("inode " + number);
        }
        return inode;
    }

    /** The directory, in which there can be names. */
    static Inode getLinked(View view, long number) throws IOException {
        Inode directory = get(view, number);
        if (directory.links() == 0) {
            throw new NoSuchFileException("inode " + number, null, "the directory was removed");
        }
        return directory;
    }

    /** The file of a name. */
    static Inode child(View view, long directory, FileName name) throws IOException {
        Inode child = find(view, directory, name);
        if (child == null) {
            throw new NoSuchFileException(name.toString(), null, "not in the directory of inode " + directory);
        }
        return child;
    }

    /** The file of a name; null if there is no such name. */
    static Inode find(View view, long directory, FileName name) throws IOException {
        long number = NameTable.find(view, directory, name);
        Inode child = number == 0 ? null : InodeTable.find(view, number);
        if (number != 0 && child == null) {
            throw new FileSystemRefusedException(
                    "directory of inode " + directory,
                    -1,
                    "'" + name + "' leads to inode " + number + ", which is not there");
        }
        return child;
    }

    static void requireFree(View view, long directory, FileName name) throws IOException {
        if (NameTable.find(view, directory, name) != 0) {
            throw new FileAlreadyExistsException(name.toString(), null, "in the directory of inode " + directory);
        }
    }

    /** @return the directory as it is now */
    static Inode add(Edit edit, Inode directory, FileName name, Inode child) throws IOException {
        NameTable.put(edit.tables(), directory.number(), name, child.number());
        return changed(edit, directory, name.length(), child.isDirectory() ? 1 : 0);
    }

    /** @return the directory as it is now */
    static Inode remove(Edit edit, Inode directory, FileName name, Inode child) throws IOException {
        NameTable.remove(edit.tables(), directory.number(), name);
        return changed(edit, directory, -name.length(), child.isDirectory() ? -1 : 0);
    }

    private static Inode changed(Edit edit, Inode directory, int bytes, int links) throws IOException {
        Inode changed = directory
                .withSize(directory.size() + bytes)
                .withLinks(directory.links() + links)
                .withTimes(directory.times().modified(edit.now()));
        InodeTable.put(edit.tables(), changed);
        return changed;
    }
}
