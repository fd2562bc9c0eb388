package org.hikae.fsext.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.inode.Inode;
import org.hikae.fsext.map.BlockMap;
import org.hikae.fsext.volume.Volume;

/** The blocks of the journal, read in order, many at a time. */
final class JournalFile {

    private static final int WINDOW_BYTES = 1 << 20;
    /** A journal is made in one piece; one in so many pieces is no journal. */
    private static final int MOST_EXTENTS = 1 << 18;

    private final Volume volume;
    private final Inode inode;
    private final TreeMap<Long, FileExtent> extents = new TreeMap<>();
    /** Blocks from {@link #windowStart} on. */
    private final ByteBuffer window;

    private long windowStart;
    private long windowEnd;

    JournalFile(Volume volume, BlockMap map, Inode inode) throws IOException {
        this.volume = volume;
        this.inode = inode;
        int size = volume.blocks().size();
        long blocks = inode.size() / size;
        window = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, Math.max(1, blocks) * size));
        map.visit(inode, 0, map.budget(), extent -> {
            extents.put(extent.logical(), extent);
            if (extents.size() > MOST_EXTENTS) {
                throw new FileSystemRefusedException(name(), inode.block(), "it is in too many pieces");
            }
            return true;
        });
    }

    String name() {
        return "journal, inode " + inode.number();
    }

    long blocks() {
        return inode.size() / volume.blocks().size();
    }

    /** Where a block of the journal lies in the file system. */
    long place(long block) throws FileSystemRefusedException {
        FileExtent extent = extentOf(block);
        return extent.physical() + block - extent.logical();
    }

    private FileExtent extentOf(long block) throws FileSystemRefusedException {
        Map.Entry<Long, FileExtent> found = extents.floorEntry(block);
        if (found == null || found.getValue().end() <= block) {
            throw new FileSystemRefusedException(name(), inode.block(), "it has no block " + block);
        }
        return found.getValue();
    }

    /** A block; what is returned is good until the next call. */
    ByteBuffer read(long block) throws IOException {
        int size = volume.blocks().size();
        if (block < windowStart || block >= windowEnd) {
            FileExtent extent = extentOf(block);
            long count = Math.min(window.capacity() / size, extent.end() - block);
            windowEnd = 0;
            window.clear().limit((int) count * size);
            volume.blocks().read(window, extent.physical() + block - extent.logical(), name());
            windowStart = block;
            windowEnd = block + count;
        }
        return window.slice((int) (block - windowStart) * size, size);
    }
}
