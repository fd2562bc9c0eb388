package org.hikae.block;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.FileType;
import org.hikae.api.fs.spi.DirectoryPart;

/**
 * Goes through a tree of files. Of each directory on the way down it holds the part that is at hand, and of those it has
 * been in their numbers, so neither large directories nor deep trees need much memory.
 */
final class TreeWalk {

    /** Bytes of text; deeper trees come from those who want to do harm. */
    private static final int LONGEST_PATH = 1 << 16;

    private final OpenFileSystem fileSystem;
    private final FileSystem.Visitor visitor;
    /** From the one it is in up to where it began. */
    private final Deque<Place> places = new ArrayDeque<>();
    /** Numbers of the directories that were met, as though they were blocks. */
    private final BlockSet.Builder met = new BlockSet.Builder();

    TreeWalk(OpenFileSystem fileSystem, FileSystem.Visitor visitor) {
        this.fileSystem = fileSystem;
        this.visitor = visitor;
    }

    /** A directory, and how far it has come in it. */
    private static final class Place {

        private final FileEntry directory;
        private Iterator<DirectoryEntry> entries;
        private long next;

        Place(FileEntry directory, DirectoryPart part) {
            this.directory = directory;
            goOn(part);
        }

        private void goOn(DirectoryPart part) {
            entries = part.entries().iterator();
            next = part.next();
        }
    }

    void walk(FileEntry from) throws IOException {
        if (!meet(from)) {
            return;
        }
        while (!places.isEmpty()) {
            Place place = places.peek();
            if (place.entries.hasNext()) {
                if (!meet(fileSystem.child(place.directory, place.entries.next()))) {
                    return;
                }
            } else if (place.next >= 0) {
                place.goOn(fileSystem.list(place.directory.attributes().inode(), place.next));
            } else {
                places.pop();
            }
        }
    }

    /** @return whether to go on */
    private boolean meet(FileEntry file) throws IOException {
        if (file.path().length() > LONGEST_PATH) {
            throw new FileSystemRefusedException(
                    "tree of directories", -1, "it is deeper than paths of " + LONGEST_PATH + " characters can tell");
        } else if (!visitor.visit(file)) {
            return false;
        } else if (file.attributes().type() == FileType.DIRECTORY) {
            enter(file);
        }
        return true;
    }

    private void enter(FileEntry directory) throws IOException {
        long inode = directory.attributes().inode();
        BlockRun number = new BlockRun(inode, 1);
        if (met.missing(number).isEmpty()) {
            throw new FileSystemRefusedException(
                    "directory of inode " + inode, -1, "it is met a second time, under " + directory.path());
        }
        met.add(number);
        places.push(new Place(directory, fileSystem.list(inode, 0)));
    }
}
