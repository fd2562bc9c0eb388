package org.hikae.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.BlockOwner;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemInfo;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.api.fs.FileType;
import org.hikae.api.fs.spi.DirectoryPart;
import org.hikae.api.fs.spi.FileSystemReader;

/** A driver's file system that consists of directories alone, which may be as wrong as they like. */
class FakeReader implements FileSystemReader {

    static final long ROOT = 1;
    private static final int PART = 2;

    /** Of each directory, its entries. */
    final Map<Long, List<DirectoryEntry>> directories = new TreeMap<>();

    FakeReader() {
        directories.put(ROOT, new ArrayList<>());
    }

    /** A directory under a name, new or not. */
    FakeReader directory(long parent, String name, long inode) {
        directories.get(parent).add(new DirectoryEntry(FileName.of(name.getBytes(StandardCharsets.UTF_8)), inode));
        directories.putIfAbsent(inode, new ArrayList<>());
        return this;
    }

    @Override
    public FileSystemInfo info() {
        return new FileSystemInfo("fake1", "", "", 1024, 100, -1, List.of(), "", List.of(), null);
    }

    @Override
    public BlockSet used() throws IOException {
        return BlockSet.range(0, 10);
    }

    @Override
    public BlockSet metadata() {
        return BlockSet.range(0, 1);
    }

    @Override
    public BlockOwner owner(long block) {
        return new BlockOwner.Nobody();
    }

    @Override
    public long root() {
        return ROOT;
    }

    @Override
    public FileAttributes attributes(long inode) throws IOException {
        if (!directories.containsKey(inode)) {
            throw new FileSystemRefusedException("inode " + inode, -1, "there is none");
        }
        Instant time = Instant.EPOCH;
        return new FileAttributes(inode, FileType.DIRECTORY, 0755, 0, 0, 0, 2, time, time, time, null, 0, 0, 0);
    }

    @Override
    public List<FileExtent> extents(long inode, long from) {
        return List.of();
    }

    @Override
    public DirectoryPart list(long directory, long from) {
        List<DirectoryEntry> all = directories.get(directory);
        int end = (int) Math.min(all.size(), from + PART);
        return new DirectoryPart(all.subList((int) from, end), end < all.size() ? end : -1);
    }

    @Override
    public FileName symlinkTarget(long inode) {
        throw new IllegalStateException("no symlinks here");
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(long inode) {
        return List.of();
    }

    @Override
    public void read(long inode, ByteBuffer dst, long offset) {
        throw new IllegalStateException("nothing to read");
    }
}
