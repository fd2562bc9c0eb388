package org.hikae.block.tracking;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A folder in memory that loses power at a step of its choice: of what was not forced, an accidental part is left. It can
 * also be full, read-only, or unable to force. Thread-safe.
 */
public final class CrashingStorage implements Storage {

    /** The power is gone. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    /** What is wrong with the folder. */
    public enum Fault {
        NONE,
        /** New files cannot be written; files that are there can be overwritten. */
        FULL,
        /** Nothing can be changed. */
        READ_ONLY,
        /** Everything seems to work, and then it cannot be made durable. */
        NO_FORCE
    }

    /** A file, with what was written to it since it was forced. */
    private static final class Inode {
        byte[] durable = {};
        byte[] cached = {};
        final List<Write> writes = new ArrayList<>();

        Inode copy() {
            Inode copy = new Inode();
            copy.durable = cached.clone();
            copy.cached = cached.clone();
            return copy;
        }
    }

    /** Bytes written at a place; the whole content, from 0 on, for a place below 0. */
    private record Write(int position, byte[] bytes) {

        byte[] onto(byte[] before, int length) {
            byte[] part = Arrays.copyOf(bytes, length);
            if (position < 0) {
                return part;
            }
            byte[] after = Arrays.copyOf(before, Math.max(before.length, position + length));
            System.arraycopy(part, 0, after, position, length);
            return after;
        }
    }

    private record NameChange(String name, Inode file) {}

    public volatile Fault fault = Fault.NONE;
    public int dieAt = Integer.MAX_VALUE;
    public int steps;
    final List<String> log = new ArrayList<>();

    private Map<String, Inode> durableNames = new TreeMap<>();
    private Map<String, Inode> names = new TreeMap<>();
    private final List<NameChange> nameChanges = new ArrayList<>();

    private void step(String what, boolean changes) throws IOException {
        if (steps++ >= dieAt) {
            throw new Crash();
        }
        log.add(what);
        if (fault == Fault.READ_ONLY && changes) {
            throw new IOException("read-only file system");
        }
    }

    /** The folder after the power is back. */
    public synchronized CrashingStorage crash(RandomGenerator random) {
        CrashingStorage after = new CrashingStorage();
        Map<String, Inode> left = new TreeMap<>(durableNames);
        int done = random.nextInt(nameChanges.size() + 1);
        for (NameChange change : nameChanges.subList(0, done)) {
            apply(left, change);
        }
        left.forEach((name, inode) -> {
            byte[] content = inode.durable;
            for (Write write : inode.writes) {
                int length =
                        switch (random.nextInt(3)) {
                            case 0 -> -1;
                            case 1 -> write.bytes.length;
                            default -> random.nextInt(write.bytes.length + 1);
                        };
                content = length < 0 ? content : write.onto(content, length);
            }
            after.put(name, content);
        });
        return after;
    }

    /** The folder as it is, all of it durable. */
    public synchronized CrashingStorage copy() {
        CrashingStorage copy = new CrashingStorage();
        names.forEach((name, inode) -> copy.put(name, inode.cached));
        return copy;
    }

    public synchronized void put(String name, byte[] content) {
        Inode inode = new Inode();
        inode.durable = content.clone();
        inode.cached = content.clone();
        names.put(name, inode);
        durableNames.put(name, inode);
    }

    public synchronized byte[] get(String name) {
        return names.get(name).cached.clone();
    }

    private static void apply(Map<String, Inode> to, NameChange change) {
        if (change.file == null) {
            to.remove(change.name);
        } else {
            to.put(change.name, change.file);
        }
    }

    private void change(String name, Inode file) {
        NameChange change = new NameChange(name, file);
        nameChanges.add(change);
        apply(names, change);
    }

    private Inode inode(String name) throws IOException {
        Inode inode = names.get(name);
        if (inode == null) {
            throw new FileNotFoundException(name);
        }
        return inode;
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(names.keySet());
    }

    @Override
    public synchronized byte[] read(String name, int limit) {
        Inode inode = names.get(name);
        return inode == null ? null : Arrays.copyOf(inode.cached, Math.min(inode.cached.length, limit + 1));
    }

    @Override
    public synchronized void write(String name, byte[] content) throws IOException {
        step("write " + name, true);
        Inode inode = names.get(name);
        if (inode == null) {
            inode = new Inode();
            change(name, inode);
        }
        write(inode, new Write(-1, new byte[0]));
        if (fault == Fault.FULL && content.length > 0) {
            throw new IOException("no space left on device");
        }
        write(inode, new Write(-1, content.clone()));
        step("written " + name, true);
    }

    private static void write(Inode inode, Write write) {
        inode.writes.add(write);
        inode.cached = write.onto(inode.cached, write.bytes.length);
    }

    @Override
    public synchronized void force(String name) throws IOException {
        step("force " + name, true);
        force(inode(name));
    }

    private void force(Inode inode) throws IOException {
        if (fault == Fault.NO_FORCE) {
            throw new IOException("input/output error");
        }
        inode.durable = inode.cached.clone();
        inode.writes.clear();
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        step("rename " + from + " " + to, true);
        Inode inode = inode(from);
        // One step of the journal; two entries here, the one that adds first.
        nameChanges.add(new NameChange(to, inode));
        names.put(to, inode);
        change(from, null);
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        step("delete " + name, true);
        if (names.containsKey(name)) {
            change(name, null);
        }
    }

    @Override
    public synchronized void forceFolder() throws IOException {
        step("force folder", true);
        if (fault == Fault.NO_FORCE) {
            throw new IOException("input/output error");
        }
        durableNames = new TreeMap<>(names);
        nameChanges.clear();
    }

    @Override
    public synchronized OpenFile open(String name) throws IOException {
        Inode inode = inode(name);
        return new OpenFile() {
            @Override
            public void write(ByteBuffer src, long position) throws IOException {
                synchronized (CrashingStorage.this) {
                    step("write into " + name, true);
                    byte[] bytes = new byte[src.remaining()];
                    src.get(bytes);
                    CrashingStorage.write(inode, new Write((int) position, bytes));
                }
            }

            @Override
            public void force() throws IOException {
                synchronized (CrashingStorage.this) {
                    step("force " + name, true);
                    CrashingStorage.this.force(inode);
                }
            }

            @Override
            public void close() {}
        };
    }
}
