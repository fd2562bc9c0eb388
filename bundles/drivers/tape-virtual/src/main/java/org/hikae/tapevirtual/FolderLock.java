package org.hikae.tapevirtual;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A file that at most one has locked, of all processes and of all in this one. A killed process locks nothing. */
final class FolderLock implements Closeable {

    /** What this process has locked, or tries to; Java's locks are against other processes alone. Guarded by itself. */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Locks a file, which is made if it is missing.
     *
     * @param file in a folder without symbolic links
     * @return empty if another one has locked it
     */
    static Optional<FolderLock> tryLock(Path file) throws IOException {
        synchronized (HELD) {
            if (!HELD.add(file)) {
                return Optional.empty();
            }
        }
        return lock(file, false);
    }

    /** Locks a file as soon as all others have let it go. */
    static FolderLock await(Path file) throws IOException {
        boolean interrupted = false;
        synchronized (HELD) {
            while (!HELD.add(file)) {
                try {
                    HELD.wait();
                } catch (InterruptedException e) {
                    interrupted = true; // those who have it are quick
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return lock(file, true).orElseThrow();
    }

    private static Optional<FolderLock> lock(Path file, boolean wait) throws IOException {
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = wait ? channel.lock() : channel.tryLock();
            return lock == null ? Optional.empty() : Optional.of(new FolderLock(file, channel));
        } finally {
            if (lock == null) {
                letGo(file, channel);
            }
        }
    }

    private static void letGo(Path file, FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            synchronized (HELD) {
                HELD.remove(file);
                HELD.notifyAll();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            letGo(file, channel);
        }
    }
}
