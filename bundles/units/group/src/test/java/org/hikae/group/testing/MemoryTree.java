package org.hikae.group.testing;

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

/** A tree of files in memory, walked as a real one is. Files of one number are one file. */
public final class MemoryTree implements FileSystem {

    /** By path; each after the directory that it is in. */
    private final Map<String, FileAttributes> files = new LinkedHashMap<>();

    private final Map<Long, List<FileExtent>> extents = new LinkedHashMap<>();
    private final boolean heeds;
    /** How many files were shown, and how often extents were asked for. */
    private int shown;

    private int asked;

    /** @param heeds whether a walk stays out of directories whose content is of no interest */
    public MemoryTree(boolean heeds) {
        this.heeds = heeds;
        add("/", FileType.DIRECTORY, 1, 2, List.of());
    }

    public MemoryTree() {
        this(true);
    }

    public int shown() {
        return shown;
    }

    public int asked() {
        return asked;
    }

    public MemoryTree directory(String path) {
        return add(path, FileType.DIRECTORY, files.size() + 1, 2, List.of());
    }

    public MemoryTree file(String path, FileExtent... extents) {
        return add(path, FileType.REGULAR, files.size() + 1, 1, List.of(extents));
    }

    /** A name of a file that has several. */
    public MemoryTree linked(String path, long inode, FileExtent... extents) {
        return add(path, FileType.REGULAR, inode, 2, List.of(extents));
    }

    private MemoryTree add(String path, FileType type, long inode, long links, List<FileExtent> extents) {
        Instant time = Instant.EPOCH;
        files.put(path, new FileAttributes(inode, type, 0644, 0, 0, 1 << 20, links, time, time, time, null, 0, 0, 0));
        this.extents.put(inode, extents);
        return this;
    }

    public Map<String, FileAttributes> files() {
        return files;
    }

    @Override
    public Optional<FileEntry> find(String path) {
        return Optional.ofNullable(files.get(path)).map(found -> new FileEntry(path, found));
    }

    @Override
    public void walk(FileEntry from, Visitor visitor) throws IOException {
        shown++;
        visitor.visit(from);
        if (from.attributes().type() != FileType.DIRECTORY || heeds && !visitor.enters(from)) {
            return;
        }
        String prefix = from.path().equals("/") ? "/" : from.path() + "/";
        for (Map.Entry<String, FileAttributes> file : List.copyOf(files.entrySet())) {
            String path = file.getKey();
            if (path.length() > prefix.length()
                    && path.lastIndexOf('/') == prefix.length() - 1
                    && path.startsWith(prefix)) {
                walk(new FileEntry(path, file.getValue()), visitor);
            }
        }
    }

    /** One at a time, so that whoever asks must go on. */
    @Override
    public List<FileExtent> extents(long inode, long from) {
        asked++;
        List<FileExtent> next = new ArrayList<>(extents.get(inode));
        next.removeIf(extent -> extent.end() <= from);
        return next.subList(0, Math.min(1, next.size()));
    }

    @Override
    public FileSystemInfo info() {
        throw new UnsupportedOperationException();
    }

    @Override
    public BlockSet used() {
        throw new UnsupportedOperationException();
    }

    @Override
    public BlockSet metadata() {
        throw new UnsupportedOperationException();
    }

    @Override
    public BlockOwner owner(long block) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileAttributes attributes(long inode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileName symlinkTarget(long inode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(long inode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void read(long inode, ByteBuffer dst, long offset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
