package org.hikae.node.testing;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.AttributeChange;
import org.hikae.api.shared.FileSystemFullException;
import org.hikae.api.shared.SharedFileSystem;

/**
 * What the cache of a node calls of a shared file system: regular files by number, on a device. It fails the test when a node
 * breaks the rules: maps what it did not reserve, or reserves what it was not promised. Thread-safe.
 */
public final class TestFiles {

    private static final int BLOCK = 4096;

    private static final class File {
        private final TreeMap<Long, Long> blocks = new TreeMap<>();
        private long size;
        private Instant modified = Instant.EPOCH;
        private long links = 1;
        private final Map<Long, Integer> openers = new HashMap<>();
    }

    private final int blockSize;
    private final TreeSet<Long> free = new TreeSet<>();
    private final Map<Long, File> files = new HashMap<>();
    private final Map<Long, Long> promises = new HashMap<>();
    /** Reserved blocks, by physical number, with who has them. */
    private final Map<Long, Long> reserved = new HashMap<>();

    private long next = 2;
    private int commits;

    public TestFiles(long blocks, int diskBlockSize) {
        blockSize = Math.max(BLOCK, diskBlockSize);
        for (long block = 0; block < blocks; block++) {
            free.add(block);
        }
    }

    /** As the interface; names and directories are not there. */
    public SharedFileSystem asFileSystem() {
        InvocationHandler handler = this::call;
        return (SharedFileSystem)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {SharedFileSystem.class}, handler);
    }

    private Object call(Object proxy, Method method, Object[] args) throws Throwable {
        return switch (method.getName()) {
            case "space" -> new SharedFileSystem.Space(blockSize, 0, free.size(), files.size(), 0, 0, 0);
            case "attributes" -> attributes((Long) args[0]);
            case "change" -> change((Long) args[0], (AttributeChange) args[1]);
            case "extents" -> extents((Long) args[0], (Long) args[1]);
            case "reserve" -> reserve((Long) args[0], (Long) args[1], (Long) args[2], (Long) args[3]);
            case "commit" -> commit();
            case "hashCode" -> System.identityHashCode(proxy);
            case "close" -> args == null ? null : close((Long) args[0], (Long) args[1]);
            default -> change(method.getName(), args);
        };
    }

    private Object change(String name, Object[] args) throws IOException {
        switch (name) {
            case "open" -> open((Long) args[0], (Long) args[1]);
            case "forget" -> forget((Long) args[0]);
            case "promise" -> promise((Long) args[0], (Long) args[1]);
            case "giveBack" -> giveBack((Long) args[0], (Long) args[1]);
            case "map" -> map((Long) args[0], extents(args[1]), (Long) args[2], (Instant) args[3], (Long) args[4]);
            case "resize" -> resize((Long) args[0], (Long) args[1], (Instant) args[2]);
            default -> throw new UnsupportedOperationException(name);
        }
        return null;
    }

    private static List<FileExtent> extents(Object list) {
        return ((List<?>) list).stream().map(FileExtent.class::cast).toList();
    }

    public synchronized long create() {
        files.put(next, new File());
        return next++;
    }

    public synchronized void unlink(long inode) throws IOException {
        file(inode).links = 0;
        removeIfGone(inode);
    }

    public synchronized boolean exists(long inode) {
        return files.containsKey(inode);
    }

    private File file(long inode) throws NoSuchFileException {
        File file = files.get(inode);
        if (file == null) {
            throw new NoSuchFileException("inode " + inode);
        }
        return file;
    }

    private synchronized FileAttributes attributes(long inode) throws IOException {
        File file = file(inode);
        return new FileAttributes(
                inode,
                FileType.REGULAR,
                0644,
                0,
                0,
                file.size,
                file.links,
                file.modified,
                file.modified,
                file.modified,
                file.modified,
                0,
                0,
                0);
    }

    private synchronized FileAttributes change(long inode, AttributeChange change) throws IOException {
        if (change.modified() != null) {
            file(inode).modified = change.modified();
        }
        return attributes(inode);
    }

    private synchronized List<FileExtent> extents(long inode, long from) throws IOException {
        List<FileExtent> extents = new ArrayList<>();
        for (Map.Entry<Long, Long> block : file(inode).blocks.tailMap(from).entrySet()) {
            FileExtent last = extents.isEmpty() ? null : extents.get(extents.size() - 1);
            if (last != null && last.end() == block.getKey() && last.physical() + last.count() == block.getValue()) {
                extents.set(
                        extents.size() - 1, new FileExtent(last.logical(), last.physical(), last.count() + 1, false));
            } else if (extents.size() == 3) {
                break;
            } else {
                extents.add(new FileExtent(block.getKey(), block.getValue(), 1, false));
            }
        }
        return extents;
    }

    private synchronized void promise(long blocks, long opener) throws IOException {
        if (promised() + blocks > free.size()) {
            throw new FileSystemFullException("no room for " + blocks + " blocks");
        }
        promises.merge(opener, blocks, Long::sum);
    }

    public synchronized long promised() {
        return promises.values().stream().mapToLong(Long::longValue).sum();
    }

    public synchronized long reserved() {
        return reserved.size();
    }

    private synchronized void giveBack(long blocks, long opener) {
        takePromise(blocks, opener);
    }

    private void takePromise(long blocks, long opener) {
        long left = promises.getOrDefault(opener, 0L) - blocks;
        if (left < 0) {
            throw new AssertionError(blocks + " blocks more than were promised");
        }
        promises.put(opener, left);
    }

    private synchronized List<FileExtent> reserve(long inode, long logical, long count, long opener)
            throws IOException {
        File file = file(inode);
        List<FileExtent> extents = new ArrayList<>();
        for (long block = logical; block < logical + count; block++) {
            if (!file.blocks.containsKey(block)) {
                takePromise(1, opener);
                long physical = free.pollFirst();
                reserved.put(physical, opener);
                extents.add(new FileExtent(block, physical, 1, false));
            }
        }
        return extents;
    }

    private synchronized void map(long inode, List<FileExtent> written, long size, Instant modified, long opener)
            throws IOException {
        File file = file(inode);
        for (FileExtent extent : written) {
            if ((extent.end() - 1) * blockSize >= Math.max(file.size, size)) {
                throw new AssertionError(
                        "mapped beyond the end, which is at " + Math.max(file.size, size) + ": " + extent);
            }
            for (long i = 0; i < extent.count(); i++) {
                Long owner = reserved.remove(extent.physical() + i);
                if (owner == null || owner != opener) {
                    throw new AssertionError("mapped, and not reserved: " + extent);
                }
                if (file.blocks.put(extent.logical() + i, extent.physical() + i) != null) {
                    throw new AssertionError("mapped twice: " + extent);
                }
            }
        }
        file.size = Math.max(file.size, size);
        file.modified = modified;
    }

    private synchronized void resize(long inode, long size, Instant modified) throws IOException {
        File file = file(inode);
        Map<Long, Long> gone = file.blocks.tailMap((size + blockSize - 1) / blockSize);
        free.addAll(gone.values());
        gone.clear();
        file.size = size;
        file.modified = modified;
    }

    private synchronized void open(long inode, long opener) throws IOException {
        file(inode).openers.merge(opener, 1, Integer::sum);
    }

    private synchronized Object close(long inode, long opener) throws IOException {
        file(inode).openers.merge(opener, -1, (one, other) -> one + other == 0 ? null : one + other);
        removeIfGone(inode);
        return null;
    }

    private void removeIfGone(long inode) {
        File file = files.get(inode);
        if (file.links == 0 && file.openers.isEmpty()) {
            free.addAll(file.blocks.values());
            files.remove(inode);
        }
    }

    private synchronized void forget(long opener) {
        promises.remove(opener);
        reserved.entrySet().removeIf(block -> block.getValue() == opener && free.add(block.getKey()));
        for (long inode : List.copyOf(files.keySet())) {
            files.get(inode).openers.remove(opener);
            removeIfGone(inode);
        }
    }

    private synchronized Object commit() {
        commits++;
        return null;
    }

    public synchronized int commits() {
        return commits;
    }

    /** The size as the file system knows it. */
    public synchronized long size(long inode) throws IOException {
        return file(inode).size;
    }

    /** The content of a file as the device has it. */
    public synchronized byte[] content(TestDevice device, long inode) throws IOException {
        File file = file(inode);
        java.nio.ByteBuffer content = java.nio.ByteBuffer.allocate(Math.toIntExact(file.size));
        for (Map.Entry<Long, Long> block : file.blocks.entrySet()) {
            int start = Math.toIntExact(block.getKey() * blockSize);
            if (start < file.size) {
                content.limit((int) Math.min(file.size, start + blockSize)).position(start);
                device.read(content, block.getValue() * blockSize);
            }
        }
        return content.array();
    }
}
