package org.hikae.node.nio;

import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.fs.DirectoryEntry;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileSystemInfo;
import org.hikae.api.shared.AttributeChange;
import org.hikae.api.shared.CheckReport;
import org.hikae.api.shared.FileSystemFullException;
import org.hikae.api.shared.NewFile;
import org.hikae.api.shared.SharedFileSystem;

/** A shared file system in memory, of names and attributes; the content is {@link MemoryContent}'s. */
final class MemoryFiles implements SharedFileSystem {

    /** So few that listings come in parts. */
    private static final int PART = 3;

    /** Pages that there is room for, in all files together. */
    long room = Long.MAX_VALUE;

    long used;
    int commits;
    private final Map<Long, MemoryInode> inodes = new HashMap<>();
    private long last = 1;

    MemoryFiles() {
        MemoryInode root = new MemoryInode(1, NewFile.directory(0755, 0, 0), Instant.now());
        root.links = 2;
        root.parent = 1;
        inodes.put(1L, root);
    }

    synchronized MemoryInode inode(long inode) throws NoSuchFileException {
        MemoryInode found = inodes.get(inode);
        if (found == null) {
            throw new NoSuchFileException("inode " + inode);
        }
        return found;
    }

    private MemoryInode directory(long inode) throws FileSystemException {
        MemoryInode found = inode(inode);
        if (!found.isDirectory()) {
            throw new NotDirectoryException("inode " + inode);
        }
        return found;
    }

    private MemoryInode entry(MemoryInode directory, FileName name) throws NoSuchFileException {
        Long inode = directory.entries.get(name);
        if (inode == null) {
            throw new NoSuchFileException(name.toString());
        }
        return inode(inode);
    }

    synchronized int count() {
        return inodes.size();
    }

    @Override
    public FileSystemInfo info() {
        return new FileSystemInfo(
                "shared", "", "11111111-1111-4111-8111-111111111111", 4096, 1000, 100, List.of(), "", List.of(), null);
    }

    @Override
    public synchronized Space space() {
        long blocks = Math.min(room, 1000);
        return new Space(MemoryInode.PAGE, blocks, blocks - used, inodes.size(), 100, 0, 100);
    }

    @Override
    public long root() {
        return 1;
    }

    @Override
    public synchronized Lookup lookup(long directory, List<FileName> names) throws FileSystemException {
        MemoryInode at = directory(directory);
        long in = directory;
        int found = 0;
        while (found < names.size() && at.isDirectory() && at.entries.containsKey(names.get(found))) {
            in = at.number;
            at = entry(at, names.get(found++));
        }
        return new Lookup(at.attributes(), in, found);
    }

    @Override
    public synchronized long parent(long directory) throws FileSystemException {
        return directory(directory).parent;
    }

    @Override
    public synchronized FileAttributes attributes(long inode) throws NoSuchFileException {
        return inode(inode).attributes();
    }

    @Override
    public synchronized Listing list(long directory, long from) throws FileSystemException {
        TreeMap<Long, List<DirectoryEntry>> byPlace = new TreeMap<>();
        directory(directory).entries.forEach((name, inode) -> byPlace.computeIfAbsent(
                        Integer.toUnsignedLong(name.hashCode()), any -> new ArrayList<>())
                .add(new DirectoryEntry(name, inode)));
        List<DirectoryEntry> part = new ArrayList<>();
        for (var place : byPlace.tailMap(from).entrySet()) {
            if (part.size() >= PART) {
                return new Listing(part, place.getKey());
            }
            part.addAll(place.getValue());
        }
        return new Listing(part, -1);
    }

    @Override
    public synchronized FileName symlinkTarget(long inode) throws NoSuchFileException {
        return inode(inode).made.target();
    }

    @Override
    public synchronized FileAttributes create(long directory, FileName name, NewFile file) throws FileSystemException {
        MemoryInode parent = directory(directory);
        if (parent.entries.containsKey(name)) {
            throw new FileAlreadyExistsException(name.toString());
        }
        if (inodes.size() > room) {
            throw new FileSystemFullException("no room for one more file");
        }
        MemoryInode made = new MemoryInode(++last, file, Instant.now());
        made.links = made.isDirectory() ? 2 : 1;
        made.parent = directory;
        parent.links += made.isDirectory() ? 1 : 0;
        inodes.put(made.number, made);
        parent.entries.put(name, made.number);
        parent.touch(Instant.now());
        return made.attributes();
    }

    @Override
    public synchronized void link(long inode, long directory, FileName name) throws FileSystemException {
        MemoryInode parent = directory(directory);
        if (parent.entries.containsKey(name)) {
            throw new FileAlreadyExistsException(name.toString());
        }
        inode(inode).links++;
        parent.entries.put(name, inode);
    }

    @Override
    public synchronized void unlink(long directory, FileName name) throws FileSystemException {
        MemoryInode parent = directory(directory);
        MemoryInode file = entry(parent, name);
        if (file.isDirectory()) {
            throw new FileSystemException(name.toString(), null, "is a directory");
        }
        parent.entries.remove(name);
        parent.touch(Instant.now());
        file.links--;
        dropUnused(file);
    }

    synchronized void dropUnused(MemoryInode file) {
        if (file.links == 0 && file.openers.isEmpty() && inodes.remove(file.number) != null) {
            used -= file.pages.size();
        }
    }

    @Override
    public synchronized void removeDirectory(long directory, FileName name) throws FileSystemException {
        MemoryInode parent = directory(directory);
        MemoryInode removed = entry(parent, name);
        directory(removed.number);
        if (!removed.entries.isEmpty()) {
            throw new DirectoryNotEmptyException(name.toString());
        }
        parent.entries.remove(name);
        parent.links--;
        inodes.remove(removed.number);
    }

    @Override
    public synchronized void rename(long fromDirectory, FileName from, long toDirectory, FileName to, boolean replace)
            throws FileSystemException {
        MemoryInode source = directory(fromDirectory);
        MemoryInode target = directory(toDirectory);
        MemoryInode file = entry(source, from);
        checkNotBelow(file, target);
        if (target.entries.containsKey(to)) {
            MemoryInode there = entry(target, to);
            if (!replace) {
                throw new FileAlreadyExistsException(to.toString());
            }
            if (there == file) {
                return;
            }
            makeRoom(file, there, target, to);
        }
        source.entries.remove(from);
        target.entries.put(to, file.number);
        source.links -= file.isDirectory() ? 1 : 0;
        target.links += file.isDirectory() ? 1 : 0;
        file.parent = toDirectory;
    }

    private void checkNotBelow(MemoryInode file, MemoryInode target) throws FileSystemException {
        for (MemoryInode above = target; above.number != root(); above = inode(above.parent)) {
            if (above == file) {
                throw new FileSystemException("inode " + file.number, null, "it would lie below itself");
            }
        }
    }

    private void makeRoom(MemoryInode file, MemoryInode there, MemoryInode directory, FileName name)
            throws FileSystemException {
        if (file.isDirectory() != there.isDirectory()) {
            throw new FileSystemException(name.toString(), null, "a file and a directory");
        }
        if (file.isDirectory()) {
            removeDirectory(directory.number, name);
        } else {
            unlink(directory.number, name);
        }
    }

    @Override
    public synchronized FileAttributes change(long inode, AttributeChange change) throws NoSuchFileException {
        inode(inode).change(change, Instant.now());
        return attributes(inode);
    }

    @Override
    public synchronized List<ExtendedAttribute> extendedAttributes(long inode) throws NoSuchFileException {
        return inode(inode).extended.entrySet().stream()
                .map(each -> new ExtendedAttribute(each.getKey(), each.getValue()))
                .toList();
    }

    @Override
    public synchronized void setExtendedAttribute(long inode, FileName name, byte[] value) throws NoSuchFileException {
        if (value != null) {
            inode(inode).extended.put(name, value.clone());
        } else if (inode(inode).extended.remove(name) == null) {
            throw new NoSuchFileException(name.toString());
        }
    }

    @Override
    public void open(long inode, long opener) {
        throw outside();
    }

    @Override
    public void close(long inode, long opener) {
        throw outside();
    }

    @Override
    public void forget(long opener) {
        throw outside();
    }

    @Override
    public List<FileExtent> extents(long inode, long from) {
        throw outside();
    }

    @Override
    public void promise(long blocks, long opener) {
        throw outside();
    }

    @Override
    public void giveBack(long blocks, long opener) {
        throw outside();
    }

    @Override
    public List<FileExtent> reserve(long inode, long logical, long count, long opener) {
        throw outside();
    }

    @Override
    public void map(long inode, List<FileExtent> written, long size, Instant modified, long opener) {
        throw outside();
    }

    @Override
    public void resize(long inode, long size, Instant modified) {
        throw outside();
    }

    private static UnsupportedOperationException outside() {
        return new UnsupportedOperationException("content goes through the volume");
    }

    @Override
    public synchronized void commit() {
        commits++;
    }

    @Override
    public CheckReport check() {
        throw outside();
    }

    @Override
    public void close() {}
}
