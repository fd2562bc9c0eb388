package org.hikae.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.BlockOwner;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemInfo;

/** A file system of which a walk from the root shows only a part. Closing it does nothing: it is another's. */
abstract class FileSystemView implements FileSystem {

    private final FileSystem all;

    FileSystemView(FileSystem all) {
        this.all = all;
    }

    @Override
    public abstract void walk(FileEntry from, Visitor visitor) throws IOException;

    @Override
    public FileSystemInfo info() throws IOException {
        return all.info();
    }

    @Override
    public BlockSet used() throws IOException {
        return all.used();
    }

    @Override
    public BlockSet metadata() throws IOException {
        return all.metadata();
    }

    @Override
    public BlockOwner owner(long block) throws IOException {
        return all.owner(block);
    }

    @Override
    public Optional<FileEntry> find(String path) throws IOException {
        return all.find(path);
    }

    @Override
    public FileAttributes attributes(long inode) throws IOException {
        return all.attributes(inode);
    }

    @Override
    public List<FileExtent> extents(long inode, long from) throws IOException {
        return all.extents(inode, from);
    }

    @Override
    public FileName symlinkTarget(long inode) throws IOException {
        return all.symlinkTarget(inode);
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(long inode) throws IOException {
        return all.extendedAttributes(inode);
    }

    @Override
    public void read(long inode, ByteBuffer dst, long offset) throws IOException {
        all.read(inode, dst, offset);
    }

    @Override
    public void close() {
        // It is another's.
    }
}
