package org.hikae.logpernode;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.hikae.api.job.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of temporary logs (31) that this platform uses, each locked against other platforms from its first user to its
 * last. What is there when the first one comes was left behind by a platform that was killed, and is removed. Thread-safe.
 */
final class TemporaryFolders {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolders.class);

    private static final String LOCK = "hikae.lock";

    /** By real path. Guarded by this. */
    private final Map<Path, Folder> used = new HashMap<>();

    /** A folder in use. */
    private static final class Folder {
        final FileChannel lock;
        /** Guarded by the monitor of {@link TemporaryFolders}. */
        int users;

        Folder(FileChannel lock) {
            this.lock = lock;
        }
    }

    /** One use of a folder, until it is closed. */
    final class Use implements Closeable {
        private final Path path;
        /** Guarded by the monitor of {@link TemporaryFolders}. */
        private boolean closed;

        private Use(Path path) {
            this.path = path;
        }

        Path path() {
            return path;
        }

        @Override
        public void close() throws IOException {
            synchronized (TemporaryFolders.this) {
                if (!closed) {
                    closed = true;
                    release(path);
                }
            }
        }
    }

    /**
     * Begins to use a folder, which is made if it is missing.
     *
     * @throws IOException if it cannot be made or locked, or another platform uses it
     */
    Use use(Path folder) throws IOException {
        try {
            return begin(folder);
        } catch (FileSystemException e) {
            throw new IOException(
                    "temporary logs cannot be kept in " + folder + " (" + Reason.of(e)
                            + "): make it a folder that can be written to, or choose 'bilog strategy --gather central'",
                    e);
        }
    }

    private synchronized Use begin(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path path = folder.toRealPath();
        Folder known = used.get(path);
        if (known == null) {
            known = new Folder(lock(path));
            used.put(path, known);
        }
        known.users++;
        return new Use(path);
    }

    private synchronized void release(Path path) throws IOException {
        Folder folder = used.get(path);
        if (folder != null && --folder.users == 0) {
            used.remove(path);
            folder.lock.close();
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!tryLock(channel)) {
                throw new IOException("another platform keeps its temporary logs in " + folder
                        + ": give each node of each platform a folder of its own");
            }
            removeLeftovers(folder);
            return channel;
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another platform in this process
        }
    }

    /** Nothing but files of temporary logs goes: people may have put the folder onto something else. */
    private static void removeLeftovers(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, LogFiles::isOne)) {
            for (Path file : files) {
                Files.delete(file);
                LOG.info("{} is removed: a backup that was killed has left it", file);
            }
        }
    }
}
