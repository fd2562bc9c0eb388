package org.hikae.fs.shared;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.BlockOwner;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemInfo;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.spi.DirectoryPart;
import org.hikae.api.fs.spi.FileSystemReader;
import org.hikae.fs.shared.store.MetadataStore;
import org.hikae.fs.shared.store.Superblock;
import org.hikae.fs.shared.store.View;
import org.hikae.fs.shared.table.AttributeTable;
import org.hikae.fs.shared.table.Inode;
import org.hikae.fs.shared.table.InodeTable;
import org.hikae.fs.shared.table.NameTable;

/** A file system that is only read: a generation, or a disk at an instant. Its journal is laid over in memory. */
final class MetadataReader implements FileSystemReader {

    private final BlockDevice device;
    private final Superblock superblock;
    private final MetadataStore store;
    private final FileSystemInfo info;
    private final Blocks blocks;

    MetadataReader(BlockDevice device, Superblock superblock, MetadataStore store, FileSystemInfo info) {
        this.device = device;
        this.superblock = superblock;
        this.store = store;
        this.info = info;
        this.blocks = new Blocks(superblock);
    }

    @Override
    public FileSystemInfo info() {
        return info;
    }

    @Override
    public BlockSet used() throws IOException {
        return store.read(blocks::used);
    }

    @Override
    public BlockSet metadata() {
        return blocks.metadata();
    }

    @Override
    public BlockOwner owner(long block) throws IOException {
        return store.read(view -> blocks.owner(view, block));
    }

    @Override
    public long root() {
        return InodeTable.ROOT;
    }

    @Override
    public FileAttributes attributes(long inode) throws IOException {
        return store.read(view -> inode(view, inode).attributes());
    }

    @Override
    public List<FileExtent> extents(long inode, long from) throws IOException {
        return store.read(view -> blocks.extents(view, inode(view, inode), from));
    }

    @Override
    public DirectoryPart list(long directory, long from) throws IOException {
        return store.read(view -> {
            if (!inode(view, directory).isDirectory()) {
                throw refused(directory, "it is no directory");
            }
            return NameTable.list(view, directory, from);
        });
    }

    @Override
    public FileName symlinkTarget(long inode) throws IOException {
        return store.read(view -> {
            Inode link = inode(view, inode);
            if (link.target() == null) {
                throw refused(inode, "it is no symbolic link");
            }
            return link.target();
        });
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(long inode) throws IOException {
        return store.read(view -> {
            inode(view, inode);
            return AttributeTable.list(view, inode);
        });
    }

    /** The number may stand in a damaged record. */
    private static Inode inode(View view, long number) throws IOException {
        Inode inode = InodeTable.find(view, number);
        if (inode == null) {
            throw refused(number, "there is none");
        }
        return inode;
    }

    private static FileSystemRefusedException refused(long inode, String why) {
        return new FileSystemRefusedException("inode " + inode, -1, why);
    }

    @Override
    public void read(long inode, ByteBuffer dst, long offset) throws IOException {
        int size = superblock.blockSize();
        int limit = dst.limit();
        long at = offset;
        Deque<FileExtent> ahead = new ArrayDeque<>();
        while (dst.position() < limit) {
            long logical = at / size;
            FileExtent extent = next(ahead, inode, logical);
            boolean hole = extent == null || extent.logical() > logical;
            long end = hole ? extent == null ? Long.MAX_VALUE : extent.logical() * size : extent.end() * size;
            int length = (int) Math.min(limit - dst.position(), end - at);
            if (hole) {
                dst.put(new byte[length]);
            } else {
                dst.limit(dst.position() + length);
                device.read(dst, (extent.physical() - extent.logical()) * size + at);
                dst.limit(limit);
            }
            at += length;
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
    }

    /**
     * The extent that holds a block, or the next one after it; null if there is none.
     *
     * @param ahead extents that are known from places before on
     */
    private FileExtent next(Deque<FileExtent> ahead, long inode, long logical) throws IOException {
        while (!ahead.isEmpty() && ahead.peek().end() <= logical) {
            ahead.poll();
        }
        if (ahead.isEmpty()) {
            ahead.addAll(extents(inode, logical));
        }
        return ahead.peek();
    }
}
