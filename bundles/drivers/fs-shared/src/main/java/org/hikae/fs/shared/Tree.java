package org.hikae.fs.shared;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import java.util.List;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.fs.spi.DirectoryPart;
import org.hikae.api.shared.NewFile;
import org.hikae.api.shared.SharedFileSystem;
import org.hikae.fs.shared.store.View;
import org.hikae.fs.shared.table.Counts;
import org.hikae.fs.shared.table.Inode;
import org.hikae.fs.shared.table.InodeTable;
import org.hikae.fs.shared.table.NameTable;
import org.hikae.fs.shared.table.Names;
import org.hikae.fs.shared.table.Times;

/** The tree of names: finds, lists, makes, links and removes files. */
final class Tree {

    private static final int LINKS_OF_A_DIRECTORY = 2;

    private final Volume volume;
    private final Remains remains;

    Tree(Volume volume, Remains remains) {
        this.volume = volume;
        this.remains = remains;
    }

    SharedFileSystem.Lookup lookup(long directory, List<FileName> names) throws IOException {
        return volume.read(view -> {
            Inode at = Directories.get(view, directory);
            long in = at.parent();
            int found = 0;
            while (found < names.size() && at.isDirectory()) {
                Inode next = Directories.find(view, at.number(), names.get(found));
                if (next == null) {
                    break;
                }
                in = at.number();
                at = next;
                found++;
            }
            return new SharedFileSystem.Lookup(at.attributes(), in, found);
        });
    }

    long parent(long directory) throws IOException {
        return volume.read(view -> Directories.get(view, directory).parent());
    }

    SharedFileSystem.Listing list(long directory, long from) throws IOException {
        return volume.read(view -> {
            Directories.get(view, directory);
            DirectoryPart part = NameTable.list(view, directory, from);
            return new SharedFileSystem.Listing(part.entries(), part.next());
        });
    }

    FileAttributes create(long directory, FileName name, NewFile file) throws IOException {
        Names.check(name);
        NewFiles.check(file);
        volume.requireRoom(0);
        return volume.change(edit -> {
            Inode parent = Directories.getLinked(edit.tables(), directory);
            Directories.requireFree(edit.tables(), directory, name);
            Counts counts = edit.counts();
            Inode made = inode(counts.next(), directory, file, edit.now());
            InodeTable.put(edit.tables(), made);
            Directories.add(edit, parent, name, made);
            counts.made(made.isDirectory()).put(edit.tables());
            return made.attributes();
        });
    }

    private static Inode inode(long number, long directory, NewFile file, Instant now) {
        boolean isDirectory = file.type() == FileType.DIRECTORY;
        return new Inode(
                number,
                file.type(),
                file.mode(),
                file.uid(),
                file.gid(),
                file.target() == null ? 0 : file.target().length(),
                isDirectory ? LINKS_OF_A_DIRECTORY : 1,
                Times.all(now),
                isDirectory ? directory : 0,
                file.target(),
                file.deviceMajor(),
                file.deviceMinor());
    }

    void link(long number, long directory, FileName name) throws IOException {
        Names.check(name);
        volume.requireRoom(0);
        volume.change(edit -> {
            Inode inode = linkable(edit.tables(), number);
            Inode parent = Directories.getLinked(edit.tables(), directory);
            Directories.requireFree(edit.tables(), directory, name);
            InodeTable.put(
                    edit.tables(),
                    inode.withLinks(inode.links() + 1).withTimes(inode.times().changed(edit.now())));
            return Directories.add(edit, parent, name, inode);
        });
    }

    private static Inode linkable(View view, long number) throws IOException {
        Inode inode = InodeTable.get(view, number);
        if (inode.isDirectory()) {
            throw new FileSystemException("inode " + number, null, "a directory can have one name only");
        } else if (inode.links() == 0) {
            throw new NoSuchFileException("inode " + number, null, "the file was removed");
        }
        return inode;
    }

    void unlink(long directory, FileName name) throws IOException {
        volume.change(edit -> {
            Inode parent = Directories.get(edit.tables(), directory);
            Inode inode = Directories.child(edit.tables(), directory, name);
            if (inode.isDirectory()) {
                throw new FileSystemException(name.toString(), null, "it is a directory");
            }
            takeName(edit, parent, name, inode);
            return null;
        });
        remains.finish();
    }

    void removeDirectory(long directory, FileName name) throws IOException {
        volume.change(edit -> {
            Inode parent = Directories.get(edit.tables(), directory);
            Inode inode = Directories.child(edit.tables(), directory, name);
            if (!inode.isDirectory()) {
                throw new NotDirectoryException(name.toString());
            }
            requireEmpty(edit.tables(), inode, name);
            takeName(edit, parent, name, inode);
            return null;
        });
        remains.finish();
    }

    static void requireEmpty(View view, Inode directory, FileName name) throws IOException {
        if (!NameTable.isEmpty(view, directory.number())) {
            throw new DirectoryNotEmptyException(name.toString());
        }
    }

    /**
     * Takes a name off a file or an empty directory.
     *
     * @return the directory that had it, as it is now
     */
    Inode takeName(Edit edit, Inode directory, FileName name, Inode inode) throws IOException {
        long left = inode.isDirectory() ? 0 : inode.links() - 1;
        Inode without = inode.withLinks(left).withTimes(inode.times().changed(edit.now()));
        if (left == 0) {
            remains.release(edit, without);
        } else {
            InodeTable.put(edit.tables(), without);
        }
        return Directories.remove(edit, directory, name, inode);
    }
}
