package org.hikae.media.meta;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.fs.FileExtent;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Varint;

/** Extents of a file, in ascending order, as bytes. */
final class ExtentsCodec {

    /** Extents in an item. */
    static final int MOST = 1024;

    private ExtentsCodec() {}

    /** @param extents one to {@link #MOST} */
    static byte[] encode(List<FileExtent> extents) {
        ByteBuffer dst = ByteBuffer.allocate((2 + 3 * extents.size()) * Varint.MAX_BYTES);
        Varint.put(dst, extents.get(extents.size() - 1).end());
        Varint.put(dst, extents.size());
        long logical = 0;
        long physical = 0;
        for (FileExtent extent : extents) {
            Varint.put(dst, extent.logical() - logical);
            Varint.put(dst, Varint.zigzag(extent.physical() - physical));
            Varint.put(dst, extent.count() << 1 | (extent.unwritten() ? 1 : 0));
            logical = extent.end();
            physical = extent.physical() + extent.count();
        }
        return Arrays.copyOf(dst.array(), dst.position());
    }

    /** The logical number after the last block of an item. */
    static long end(ByteBuffer src) throws DamagedException {
        return Varint.get(src.duplicate());
    }

    /**
     * @param blockCount number of blocks of the file system
     * @throws DamagedException if they make no sense
     */
    static List<FileExtent> decode(ByteBuffer from, long blockCount) throws DamagedException {
        ByteBuffer src = from.duplicate();
        long end = Varint.get(src);
        long count = Varint.get(src);
        if (count < 1 || count > MOST) {
            throw new DamagedException("it has too many extents in one place, or none");
        }
        List<FileExtent> extents = new ArrayList<>((int) count);
        long logical = 0;
        long physical = 0;
        for (int i = 0; i < count; i++) {
            FileExtent extent = extent(src, logical, physical, blockCount);
            extents.add(extent);
            logical = extent.end();
            physical = extent.physical() + extent.count();
        }
        if (src.hasRemaining() || logical != end) {
            throw new DamagedException("extents in it do not end where they should");
        }
        return extents;
    }

    private static FileExtent extent(ByteBuffer src, long logicalEnd, long physicalEnd, long blockCount)
            throws DamagedException {
        long logical = logicalEnd + Varint.get(src);
        long physical = physicalEnd + Varint.unzigzag(Varint.get(src));
        long word = Varint.get(src);
        long count = word >>> 1;
        boolean within = count >= 1 && count <= blockCount && physical >= 0 && physical <= blockCount - count;
        if (!within || logical < 0 || logical > Long.MAX_VALUE - count) {
            throw new DamagedException("it has an extent of blocks that there are not");
        }
        return new FileExtent(logical, physical, count, (word & 1) != 0);
    }

    /**
     * The blocks of an extent that hold content: they were written, and do not lie after the file's end.
     *
     * @return null if there are none
     */
    static BlockRun content(FileExtent extent, long size, int blockSize) {
        long blocks = size / blockSize + (size % blockSize == 0 ? 0 : 1);
        long count = Math.min(extent.count(), blocks - extent.logical());
        return extent.unwritten() || count < 1 ? null : new BlockRun(extent.physical(), count);
    }
}
