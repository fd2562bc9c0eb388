package org.hikae.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The holes of one open file, asked for and made through the operating system. Where there is no way to, it says that it
 * cannot tell. Thread-safe.
 */
final class Holes implements AutoCloseable {

    /** The answer where none can be given. */
    static final long UNKNOWN = -1;

    /** The answer that there is neither data nor hole up to the end of the file. */
    static final long NONE = -2;

    private static final int CLOSED = -1;
    private static final int REFUSED = -2;

    private final Path path;
    private final Object fileKey;
    private final boolean writable;
    /** Held for writing while {@link #fd} changes: a closed descriptor's number may be another file's at once. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    /** Opened with the first question; {@link #CLOSED} or {@link #REFUSED} if negative. */
    private int fd = CLOSED;

    private boolean closed;

    /** @param fileKey the identity of the file that was opened under this path */
    Holes(Path path, Object fileKey, boolean writable) {
        this.path = path;
        this.fileKey = fileKey;
        this.writable = writable;
    }

    long nextData(long offset) {
        return withFile(fd -> seek(fd, offset, Libc.SEEK_DATA));
    }

    long nextHole(long offset) {
        return withFile(fd -> seek(fd, offset, Libc.SEEK_HOLE));
    }

    /** Makes the bytes read as zeros, without their space where possible; false if it cannot. */
    boolean punch(long offset, long length) {
        return withFile(fd -> allocate(fd, Libc.FALLOC_FL_PUNCH_HOLE, offset, length)
                                || allocate(fd, Libc.FALLOC_FL_ZERO_RANGE, offset, length)
                        ? 0
                        : UNKNOWN)
                == 0;
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            if (fd >= 0) {
                Libc.closeFile(fd);
                fd = CLOSED;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Several ask at once: punching takes long, and nobody else has to wait for it. */
    long withFile(Question question) {
        if (!Available.JNA) {
            return UNKNOWN;
        }
        lock.readLock().lock();
        try {
            if (fd != CLOSED) {
                return ask(question);
            }
        } finally {
            lock.readLock().unlock();
        }
        openOnce();
        lock.readLock().lock();
        try {
            return ask(question);
        } finally {
            lock.readLock().unlock();
        }
    }

    private long ask(Question question) {
        return fd < 0 ? UNKNOWN : question.ask(fd);
    }

    private void openOnce() {
        lock.writeLock().lock();
        try {
            if (fd == CLOSED && !closed) {
                fd = openSameFile();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The path may name another file by now, whose holes say nothing about ours. */
    private int openSameFile() {
        int opened = Libc.openFile(path, writable);
        if (opened < 0) {
            return REFUSED;
        }
        try {
            Path self = Path.of("/proc/self/fd", Integer.toString(opened));
            Object key = Files.readAttributes(self, BasicFileAttributes.class).fileKey();
            if (key != null && key.equals(fileKey)) {
                return opened;
            }
        } catch (IOException e) {
            // No /proc: whether it is the same file cannot be told, so nothing can.
        }
        Libc.closeFile(opened);
        return REFUSED;
    }

    private static long seek(int fd, long offset, int whence) {
        long found = Libc.seek(fd, offset, whence);
        return found >= 0 ? found : found == -Libc.ENXIO ? NONE : UNKNOWN;
    }

    /** If something is really wrong, and not just not supported, writing zeros instead will say so. */
    private static boolean allocate(int fd, int mode, long offset, long length) {
        return Libc.allocate(fd, mode | Libc.FALLOC_FL_KEEP_SIZE, offset, length) == 0;
    }

    /** What is done with the descriptor, which stays open meanwhile. */
    interface Question {
        long ask(int fd);
    }

    /** Looks for JNA when it is first needed. */
    private static final class Available {
        static final boolean JNA = load();

        private static boolean load() {
            try {
                Class.forName("org.hikae.io.Libc", true, Holes.class.getClassLoader());
                return true;
            } catch (ClassNotFoundException | LinkageError e) {
                return false;
            }
        }
    }
}
