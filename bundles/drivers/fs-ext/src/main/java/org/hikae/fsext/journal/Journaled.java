package org.hikae.fsext.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystemRefusedException;

/**
 * Content of files that lies in a journal which was not replayed, as it does with {@code data=journal}. What the disk has in
 * its place is older: whoever goes by blocks must find the right ones.
 */
public final class Journaled {

    /** Nothing does. */
    static final Journaled NONE = new Journaled(new TreeMap<>());

    private final SortedMap<Long, Long> places;

    /** @param places where blocks lie, see {@link Redirections} */
    Journaled(SortedMap<Long, Long> places) {
        this.places = places;
    }

    /**
     * Where the content of extents of a file lies.
     *
     * @throws FileSystemRefusedException if the journal has a block of it in another form than the file
     */
    public List<FileExtent> find(long inode, List<FileExtent> extents) throws IOException {
        if (places.isEmpty()) {
            return extents;
        }
        List<FileExtent> found = new ArrayList<>();
        for (FileExtent extent : extents) {
            if (extent.unwritten()) {
                found.add(extent);
            } else {
                split(inode, extent, found);
            }
        }
        return found;
    }

    private void split(long inode, FileExtent extent, List<FileExtent> found) throws IOException {
        long done = 0;
        long end = extent.physical() + extent.count();
        for (Map.Entry<Long, Long> moved : places.subMap(extent.physical(), end).entrySet()) {
            if ((moved.getValue() & Redirections.ESCAPED) != 0) {
                throw new FileSystemRefusedException(
                        "content of inode " + inode,
                        moved.getKey(),
                        "it lies in the journal, in another form; mount the file system once, so that it is replayed");
            }
            long at = moved.getKey() - extent.physical();
            addRest(extent, done, at, found);
            found.add(new FileExtent(extent.logical() + at, moved.getValue(), 1, false));
            done = at + 1;
        }
        addRest(extent, done, extent.count(), found);
    }

    /** The blocks {@code [from, to)} of an extent, which are where they belong. */
    private static void addRest(FileExtent extent, long from, long to, List<FileExtent> found) {
        if (to > from) {
            found.add(new FileExtent(extent.logical() + from, extent.physical() + from, to - from, false));
        }
    }
}
