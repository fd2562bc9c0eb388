package org.hikae.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.hikae.api.fs.FileType;

/** A file system that shows the files that it was given, in that order, however wrong they are. */
final class FakeTree implements FileSystem {

    static final int BLOCK = 4096;
    static final Instant TIME = Instant.parse("2020-02-02T02:02:02.123456789Z");

    final List<FileEntry> files = new ArrayList<>();
    final Map<Long, List<FileExtent>> extents = new LinkedHashMap<>();
    final Map<Long, FileName> targets = new LinkedHashMap<>();
    final Map<Long, List<ExtendedAttribute>> attributes = new LinkedHashMap<>();
    /** Of all files, user and group. */
    long owner;
    /** As {@link FileSystemInfo#outdated}. */
    String outdated;

    /** Inode whose content cannot be read; 0 if all can. */
    long damaged;

    FakeTree add(String path, long inode, FileType type, int mode, long size, long links) {
        files.add(new FileEntry(
                path,
                new FileAttributes(inode, type, mode, owner, owner, size, links, TIME, TIME, TIME, null, 1, 3, 0)));
        return this;
    }

    FakeTree directory(String path, long inode) {
        return add(path, inode, FileType.DIRECTORY, 0755, 0, 2);
    }

    FakeTree file(String path, long inode, long size) {
        return add(path, inode, FileType.REGULAR, 0644, size, 1);
    }

    FakeTree symlink(String path, long inode, String target) {
        targets.put(inode, FileName.parse(target));
        return add(path, inode, FileType.SYMLINK, 0777, 1, 1);
    }

    @Override
    public FileSystemInfo info() {
        return new FileSystemInfo("fake", "", "", BLOCK, 100, -1, List.of(), "", List.of(), outdated);
    }

    @Override
    public BlockSet used() {
        throw new UnsupportedOperationException("files alone are wanted");
    }

    @Override
    public BlockSet metadata() {
        throw new UnsupportedOperationException("files alone are wanted");
    }

    @Override
    public BlockOwner owner(long block) {
        throw new UnsupportedOperationException("files alone are wanted");
    }

    @Override
    public Optional<FileEntry> find(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    @Override
    public void walk(FileEntry from, Visitor visitor) throws IOException {
        for (FileEntry file : files) {
            if (PathView.isWithin(file, from) && !visitor.visit(file)) {
                return;
            }
        }
    }

    @Override
    public FileAttributes attributes(long inode) {
        throw new UnsupportedOperationException("they come with the files");
    }

    /** One at a time. */
    @Override
    public List<FileExtent> extents(long inode, long from) {
        return extents.getOrDefault(inode, List.of()).stream()
                .filter(extent -> extent.end() > from)
                .limit(1)
                .toList();
    }

    @Override
    public FileName symlinkTarget(long inode) {
        return targets.get(inode);
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(long inode) {
        return attributes.getOrDefault(inode, List.of());
    }

    /** Each byte is 1, or, of files without extents, the number of the inode. */
    @Override
    public void read(long inode, ByteBuffer dst, long offset) throws IOException {
        if (inode == damaged) {
            throw new IOException("frame 7 is damaged");
        }
        while (dst.hasRemaining()) {
            dst.put((byte) (extents.containsKey(inode) ? 1 : inode));
        }
    }

    @Override
    public void close() {}
}
