package org.hikae.block;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.FileType;
import org.hikae.api.fs.spi.DirectoryPart;

/**
 * Goes through a tree of files. Of the lowest directories on the way down it holds the part that is at hand, of those above
 * them where to go on, and of those it has been in their numbers: neither large directories nor deep trees need much
 * memory.
 */
final class TreeWalk {

    /** Characters; deeper trees come from those who want to do harm. */
    private static final int LONGEST_PATH = 1 << 16;
    /** Of so many directories the entries are held; those above, which are few, are listed again. */
    private static final int AT_HAND = 32;
    /** A block lies in one directory only, and no driver makes so many parts of one. */
    private static final int PARTS_OF_A_BLOCK = 16;

    private final OpenFileSystem fileSystem;
    private final FileSystem.Visitor visitor;
    /** From where it began down to the one it is in. */
    private final List<Place> places = new ArrayList<>();
    /** The path of the directory that it is in, or of one below it; each place knows how much of it is its own. */
    private final StringBuilder path = new StringBuilder();
    /** Numbers of the directories that were met, as though they were blocks. */
    private final BlockSet.Builder met = new BlockSet.Builder();
    /** Parts that may still be met: whoever makes directories of the same blocks again and again must come to an end. */
    private long left;

    TreeWalk(OpenFileSystem fileSystem, FileSystem.Visitor visitor) {
        this.fileSystem = fileSystem;
        this.visitor = visitor;
    }

    /** A directory, and how far it has come in it. */
    private static final class Place {

        private final long inode;
        private final int pathLength;
        /** Where the part begins that it is in, and how many of its entries were met. */
        private long from;

        private int done;
        /** Null if it is not at hand. */
        private DirectoryPart part;

        Place(long inode, int pathLength) {
            this.inode = inode;
            this.pathLength = pathLength;
        }

        private void goOn(long next) {
            from = next;
            done = 0;
            part = null;
        }
    }

    void walk(FileEntry from) throws IOException {
        left = PARTS_OF_A_BLOCK * fileSystem.info().blockCount();
        boolean goesOn = meet(from);
        while (goesOn && !places.isEmpty()) {
            Place place = places.get(places.size() - 1);
            if (place.part == null) {
                place.part = fileSystem.list(place.inode, place.from);
            }
            if (place.done < place.part.entries().size()) {
                goesOn = meet(child(place, place.part.entries().get(place.done++)));
            } else if (place.part.next() >= 0) {
                spend(place);
                place.goOn(place.part.next());
            } else {
                places.remove(places.size() - 1);
            }
        }
    }

    /** The first part of a directory is free: it may lie where there are no blocks. */
    private void spend(Place place) throws FileSystemRefusedException {
        if (left-- <= 0) {
            throw new FileSystemRefusedException(
                    "directory of inode " + place.inode,
                    -1,
                    "directories up to here have more parts than there are blocks: some block is in them again and again");
        }
    }

    private FileEntry child(Place place, DirectoryEntry entry) throws IOException {
        path.setLength(place.pathLength);
        return new FileEntry(path.toString() + entry.name(), fileSystem.attributes(entry.inode()));
    }

    /** @return whether to go on */
    private boolean meet(FileEntry file) throws IOException {
        if (file.path().length() > LONGEST_PATH) {
            throw new FileSystemRefusedException(
                    "tree of directories", -1, "it is deeper than paths of " + LONGEST_PATH + " characters can tell");
        } else if (!visitor.visit(file)) {
            return false;
        } else if (file.attributes().type() == FileType.DIRECTORY && visitor.enters(file)) {
            enter(file);
        }
        return true;
    }

    private void enter(FileEntry directory) throws IOException {
        long inode = directory.attributes().inode();
        if (met.contains(inode)) {
            throw new FileSystemRefusedException(
                    "directory of inode " + inode, -1, "it is met a second time, under " + directory.path());
        }
        met.add(new BlockRun(inode, 1));
        path.setLength(0);
        path.append(directory.path()).append(directory.path().endsWith("/") ? "" : "/");
        places.add(new Place(inode, path.length()));
        if (places.size() > AT_HAND) {
            places.get(places.size() - 1 - AT_HAND).part = null;
        }
    }
}
