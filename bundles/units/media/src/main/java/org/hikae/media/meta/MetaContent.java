package org.hikae.media.meta;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.FileType;
import org.hikae.io.Buffers;
import org.hikae.media.format.DamagedException;

/** Where the content of a group's files lies, and what it is. Not thread-safe. */
final class MetaContent {

    /** Takes extents with the files that they are of. */
    interface Visitor {
        /** @return whether to go on */
        boolean visit(FileAttributes file, FileExtent extent) throws IOException;
    }

    private final MetaFiles files;
    private final SourceInfo source;
    private final BlockDevice device;
    /** At the extents that were asked for last, and where they begin; null at first. */
    private Place last;

    /** @param device the generation */
    MetaContent(MetaFiles files, SourceInfo source, BlockDevice device) {
        this.files = files;
        this.source = source;
        this.device = device;
    }

    private record Place(long inode, long from, ItemCursor at) {}

    /** Goes through the extents of all files, each of them once. */
    void forEachExtent(Visitor visitor) throws IOException {
        ItemCursor at = files.all();
        FileAttributes file = null;
        while (at.next()) {
            if (at.kind() == ItemKind.FILE) {
                file = at.attributes();
            } else if (at.kind() == ItemKind.EXTENTS && file != null) {
                for (FileExtent extent : decode(at)) {
                    if (!visitor.visit(file, extent)) {
                        return;
                    }
                }
            }
        }
    }

    private List<FileExtent> decode(ItemCursor at) throws IOException {
        try {
            return ExtentsCodec.decode(at.body(), source.blockCount());
        } catch (DamagedException e) {
            throw at.damaged(e);
        }
    }

    private long end(ItemCursor at) throws IOException {
        try {
            return ExtentsCodec.end(at.body());
        } catch (DamagedException e) {
            throw at.damaged(e);
        }
    }

    /** As {@link org.hikae.api.fs.FileSystem#extents}. */
    List<FileExtent> extents(long inode, long from) throws IOException {
        boolean goesOn = last != null && last.inode == inode && last.from <= from;
        ItemCursor at = goesOn ? last.at.copy() : files.get(inode);
        boolean there = goesOn || at.nextOfFile();
        long begin = goesOn ? last.from : 0;
        while (there) {
            if (at.kind() == ItemKind.EXTENTS) {
                long end = end(at);
                if (end > from) {
                    last = new Place(inode, begin, at.copy());
                    return decode(at).stream()
                            .filter(extent -> extent.end() > from)
                            .toList();
                }
                begin = end;
            }
            there = at.nextOfFile();
        }
        return List.of();
    }

    /** As {@link org.hikae.api.fs.FileSystem#read}. */
    void read(long inode, ByteBuffer dst, long offset) throws IOException {
        ItemCursor at = files.get(inode);
        FileAttributes file = at.attributes();
        Objects.checkFromIndexSize(offset, dst.remaining(), file.size());
        if (file.type() != FileType.REGULAR) {
            throw new FileSystemRefusedException("content of file " + inode, -1, "it is no regular file");
        }
        long start = offset - dst.position();
        boolean data = copyData(at, dst, start);
        if (!data) {
            readBlocks(inode, dst, start);
        }
        fill(dst, data, inode);
    }

    /** Copies content that lies in no block; false if the file has none. */
    private static boolean copyData(ItemCursor at, ByteBuffer dst, long start) throws IOException {
        boolean found = false;
        long passed = 0;
        while (at.nextOfFile()) {
            if (at.kind() == ItemKind.DATA) {
                found = true;
                ByteBuffer body = at.body();
                int length = body.remaining();
                long skip = start + dst.position() - passed;
                if (skip >= 0 && skip < length && dst.hasRemaining()) {
                    body.position((int) skip);
                    body.limit(body.position() + Math.min(body.remaining(), dst.remaining()));
                    dst.put(body);
                }
                passed += length;
            }
        }
        return found;
    }

    private void fill(ByteBuffer dst, boolean data, long inode) throws IOException {
        if (data && dst.hasRemaining()) {
            throw new FileSystemRefusedException(
                    "content of file " + inode, -1, "there is less of it than the file is long");
        }
        zeros(dst, dst.remaining());
    }

    private void readBlocks(long inode, ByteBuffer dst, long start) throws IOException {
        int size = source.blockSize();
        while (dst.hasRemaining()) {
            List<FileExtent> extents = extents(inode, (start + dst.position()) / size);
            if (extents.isEmpty()) {
                return;
            }
            for (FileExtent extent : extents) {
                if (dst.hasRemaining()) {
                    readPart(extent, dst, start);
                }
            }
        }
    }

    /** Reads what an extent has of what is wanted, and zeros before it. */
    private void readPart(FileExtent extent, ByteBuffer dst, long start) throws IOException {
        int size = source.blockSize();
        // A file's last block may reach beyond what a number can tell, but nothing of that is wanted.
        long wanted = start + dst.limit();
        long first = extent.logical() > wanted / size ? wanted : extent.logical() * size;
        long end = extent.end() > wanted / size ? wanted : extent.end() * size;
        zeros(dst, (int) Math.max(0, first - (start + dst.position())));
        long from = start + dst.position();
        int length = (int) Math.max(0, end - from);
        if (extent.unwritten()) {
            zeros(dst, length);
        } else if (length > 0) {
            readDevice(dst, length, extent.physical() * size + (from - extent.logical() * size));
        }
    }

    private void readDevice(ByteBuffer dst, int length, long at) throws IOException {
        if (at > device.size() - length) {
            throw new FileSystemRefusedException(
                    "content at byte " + at + " of the disk", -1, "it lies beyond the end of that");
        }
        int limit = dst.limit();
        dst.limit(dst.position() + length);
        device.read(dst, at);
        dst.limit(limit);
    }

    private static void zeros(ByteBuffer dst, int count) {
        ByteBuffer zeros = Buffers.zeros();
        for (int left = count; left > 0; ) {
            zeros.position(0).limit(Math.min(left, zeros.capacity()));
            left -= zeros.remaining();
            dst.put(zeros);
        }
    }
}
