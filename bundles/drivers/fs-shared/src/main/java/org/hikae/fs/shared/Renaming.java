package org.hikae.fs.shared;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fs.shared.store.View;
import org.hikae.fs.shared.table.Counts;
import org.hikae.fs.shared.table.Inode;
import org.hikae.fs.shared.table.InodeTable;
import org.hikae.fs.shared.table.Names;

/** Moves names, and replaces what has the new name, in one step. */
final class Renaming {

    private final Volume volume;
    private final Tree tree;
    private final Remains remains;

    Renaming(Volume volume, Tree tree, Remains remains) {
        this.volume = volume;
        this.tree = tree;
        this.remains = remains;
    }

    void rename(long fromDirectory, FileName from, long toDirectory, FileName to, boolean replace) throws IOException {
        Names.check(to);
        volume.requireRoom(0);
        volume.change(edit -> {
            Inode source = Directories.get(edit.tables(), fromDirectory);
            Inode moved = Directories.child(edit.tables(), fromDirectory, from);
            Directories.getLinked(edit.tables(), toDirectory);
            Inode replaced = Directories.find(edit.tables(), toDirectory, to);
            if (replaced == null || replaced.number() != moved.number()) {
                requireOutside(edit.tables(), moved, toDirectory, to);
                if (replaced != null) {
                    requireReplaceable(edit.tables(), moved, replaced, to, replace);
                }
                move(edit, source, from, moved, toDirectory, to, replaced);
            }
            return null;
        });
        remains.finish();
    }

    private void move(
            Edit edit, Inode source, FileName from, Inode moved, long toDirectory, FileName to, Inode replaced)
            throws IOException {
        Directories.remove(edit, source, from, moved);
        if (replaced != null) {
            tree.takeName(edit, Directories.get(edit.tables(), toDirectory), to, replaced);
        }
        // Read again: it may be the same directory.
        Directories.add(edit, Directories.get(edit.tables(), toDirectory), to, moved);
        // The inode of what is moved is none of those above: nothing is moved into itself, or below.
        Inode there = moved.isDirectory() ? moved.withParent(toDirectory) : moved;
        InodeTable.put(edit.tables(), there.withTimes(moved.times().changed(edit.now())));
    }

    private static void requireReplaceable(View view, Inode moved, Inode replaced, FileName to, boolean replace)
            throws IOException {
        if (!replace) {
            throw new FileAlreadyExistsException(to.toString());
        } else if (moved.isDirectory() != replaced.isDirectory()) {
            String why = replaced.isDirectory()
                    ? "it is a directory, which a file cannot replace"
                    : "it is no directory, and a directory cannot replace it";
            throw new FileSystemException(to.toString(), null, why);
        } else if (replaced.isDirectory()) {
            Tree.requireEmpty(view, replaced, to);
        }
    }

    /** Goes up from where a directory is to be, and must not meet it. */
    private static void requireOutside(View view, Inode moved, long toDirectory, FileName to) throws IOException {
        if (!moved.isDirectory()) {
            return;
        }
        long left = Counts.of(view).directories();
        long at = toDirectory;
        while (at != moved.number()) {
            long above = Directories.get(view, at).parent();
            if (above == at) {
                return;
            }
            if (left-- <= 0) {
                throw new FileSystemRefusedException(
                        "directory of inode " + toDirectory, -1, "it is below itself: its parents go in a circle");
            }
            at = above;
        }
        throw new FileSystemException(to.toString(), null, "a directory cannot come to lie below itself");
    }
}
