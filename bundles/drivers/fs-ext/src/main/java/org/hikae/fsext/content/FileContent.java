package org.hikae.fsext.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.inode.Inode;
import org.hikae.fsext.inode.InodeTable;
import org.hikae.fsext.map.BlockMap;
import org.hikae.fsext.volume.Volume;

/** The bytes of files, wherever they are kept. */
public final class FileContent {

    private static final int LONGEST_TARGET = 64 << 10;
    /** An encrypted target has its length before it. */
    private static final int LENGTH_BYTES = 2;

    private static final byte[] ZEROS = new byte[1 << 16];

    private final Volume volume;
    private final InodeTable inodes;
    private final BlockMap map;
    private final ExtendedAttributes attributes;

    public FileContent(Volume volume, InodeTable inodes, BlockMap map) {
        this.volume = volume;
        this.inodes = inodes;
        this.map = map;
        this.attributes = new ExtendedAttributes(volume, inodes, this);
    }

    public ExtendedAttributes attributes() {
        return attributes;
    }

    /** Fills the buffer; holes, and what was never written, are zeros. */
    public void read(Inode inode, ByteBuffer dst, long offset) throws IOException {
        Objects.checkFromIndexSize(offset, dst.remaining(), inodes.sizeOf(inode));
        if (inode.hasInlineData()) {
            byte[] data = inline(inode);
            if (data.length < inodes.sizeOf(inode)) {
                throw new FileSystemRefusedException(
                        "content of inode " + inode.number(),
                        inode.block(),
                        "it holds only " + data.length + " of " + inodes.sizeOf(inode) + " bytes");
            }
            dst.put(data, (int) offset, dst.remaining());
        } else {
            readBlocks(inode, dst, offset);
        }
    }

    /** The bytes of a file, or directory, that lie in its inode: some where the map would be, others in an attribute. */
    public byte[] inline(Inode inode) throws IOException {
        byte[] first = inode.map().copy(0, Inode.MAP_BYTES);
        byte[] rest = attributes.data(inode).orElse(new byte[0]);
        byte[] all = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        return all;
    }

    /** The target of a symlink. */
    public FileName target(Inode inode) throws IOException {
        if (!inode.isSymlink() || inode.size() < 1 || inode.size() > LONGEST_TARGET) {
            throw new FileSystemRefusedException(
                    "symlink of inode " + inode.number(),
                    inode.block(),
                    inode.isSymlink() ? "its target has " + inode.size() + " bytes" : "it is no symlink");
        }
        byte[] target = new byte[(int) inode.size()];
        if (inode.isFastSymlink()) {
            target = inode.map().copy(0, target.length);
        } else {
            read(inode, ByteBuffer.wrap(target), 0);
        }
        return inode.isEncrypted()
                ? Ciphertext.shown(Arrays.copyOfRange(target, Math.min(LENGTH_BYTES, target.length), target.length))
                : FileName.of(target);
    }

    /** Fills the buffer from the blocks of a file. */
    void readBlocks(Inode inode, ByteBuffer dst, long offset) throws IOException {
        int size = volume.blocks().size();
        long start = offset - dst.position();
        map.visit(inode, offset / size, map.budget(), extent -> {
            long from = Math.max(extent.logical() * size, start + dst.position());
            zero(dst, (int) Math.min(dst.remaining(), from - start - dst.position()));
            long length = Math.min(dst.remaining(), extent.end() * size - from);
            if (length > 0) {
                part(extent, dst, from, (int) length);
            }
            return dst.hasRemaining();
        });
        zero(dst, dst.remaining());
    }

    private void part(FileExtent extent, ByteBuffer dst, long from, int length) throws IOException {
        if (extent.unwritten()) {
            zero(dst, length);
            return;
        }
        int size = volume.blocks().size();
        long at = extent.physical() * size + (from - extent.logical() * size);
        int limit = dst.limit();
        volume.device().read(dst.limit(dst.position() + length), at);
        dst.limit(limit);
    }

    private static void zero(ByteBuffer dst, int length) {
        for (int left = length; left > 0; ) {
            int part = Math.min(left, ZEROS.length);
            dst.put(ZEROS, 0, part);
            left -= part;
        }
    }
}
