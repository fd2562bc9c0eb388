package org.hikae.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/**
 * A regular file that is read while others may change, rename or replace it: whatever becomes of its name, this stays the same file.
 * What has its name when it is opened is not waited for where it is a FIFO, and not followed where it is a symlink: only
 * a regular file is opened. Its time of access stays as it is where this process may say so. For one thread.
 */
public final class OpenedFile implements AutoCloseable {

    private static final int ENOENT = 2;
    private static final int ENOTDIR = 20;
    private static final int EACCES = 13;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Null where it cannot be had: then the name stands for the file. */
    private final Path self;

    private final Path path;
    private final int fd;
    private final FileChannel channel;
    private boolean closed;

    private OpenedFile(Path path, Path self, int fd, FileChannel channel) {
        this.path = path;
        this.self = self;
        this.fd = fd;
        this.channel = channel;
    }

    /**
     * Opens a file for reading.
     *
     * @throws NoSuchFileException if there is none of that name
     * @throws AccessDeniedException if this process may not read it
     * @throws IOException if it is no regular file, or cannot be opened
     */
    public static OpenedFile open(Path path) throws IOException {
        if (!UnixFiles.available() || !Files.isDirectory(DESCRIPTORS)) {
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                throw noRegularFile(path);
            }
            return new OpenedFile(
                    path, null, -1, FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        }
        byte[] name = ExactPaths.bytes(path);
        int flags = Libc.O_NONBLOCK | Libc.O_NOFOLLOW;
        int fd = Libc.openFile(name, flags | Libc.O_NOATIME);
        // Who does not own a file may not hide that it was read.
        fd = fd == -Libc.EPERM ? Libc.openFile(name, flags) : fd;
        if (fd < 0) {
            throw failure(path, -fd);
        }
        Path self = DESCRIPTORS.resolve(Integer.toString(fd));
        try {
            if (!Files.readAttributes(self, BasicFileAttributes.class).isRegularFile()) {
                throw noRegularFile(path);
            }
            return new OpenedFile(path, self, fd, FileChannel.open(self, StandardOpenOption.READ));
        } catch (IOException | RuntimeException e) {
            Libc.closeFile(fd);
            throw e;
        }
    }

    private static FileSystemException noRegularFile(Path path) {
        return new FileSystemException(path.toString(), null, "it is no regular file any more");
    }

    private static FileSystemException failure(Path path, int error) {
        return switch (error) {
            case ENOENT, ENOTDIR -> new NoSuchFileException(path.toString());
            case EACCES -> new AccessDeniedException(path.toString());
            default -> new FileSystemException(path.toString(), null, "it cannot be opened (error " + error + ")");
        };
    }

    /** Reads at any position; not closed by whoever asks for it. */
    public FileChannel channel() {
        return channel;
    }

    /**
     * Opens this very file for writing, whatever has its name now; to be closed by whoever asks for it.
     *
     * @throws AccessDeniedException if this process may not write to it
     */
    public FileChannel writing() throws IOException {
        return self == null
                ? FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
                : FileChannel.open(self, StandardOpenOption.WRITE);
    }

    /** Attributes as {@link Files#readAttributes(Path, String, LinkOption...)} has them, of this file whatever its name is now. */
    public Map<String, Object> attributes(String wanted) throws IOException {
        return self == null
                ? Files.readAttributes(path, wanted, LinkOption.NOFOLLOW_LINKS)
                : Files.readAttributes(self, wanted);
    }

    /**
     * The first byte from there on that may be other than zero.
     *
     * @return the size if there is none; the offset itself where holes cannot be told
     */
    public long nextData(long offset) throws IOException {
        long found = fd < 0 ? Holes.UNKNOWN : seek(offset, Libc.SEEK_DATA);
        return found == Holes.NONE ? Math.max(offset, channel.size()) : found == Holes.UNKNOWN ? offset : found;
    }

    /** The first byte from there on that a hole begins with; the size if there is none, or holes cannot be told. */
    public long nextHole(long offset) throws IOException {
        long found = fd < 0 ? Holes.UNKNOWN : seek(offset, Libc.SEEK_HOLE);
        return found < 0 ? Math.max(offset, channel.size()) : found;
    }

    private long seek(long offset, int whence) {
        long found = Libc.seek(fd, offset, whence);
        return found >= 0 ? found : found == -Libc.ENXIO ? Holes.NONE : Holes.UNKNOWN;
    }

    /**
     * Makes a new file that shares this one's blocks, as one step: it has the content of one instant, and takes no room until either of
     * the two changes.
     *
     * @param copy which there is not yet; only its owner can read it
     * @return false if this file system cannot, or not for these two; there is no copy then
     * @throws IOException if the copy cannot be created
     */
    public boolean shareWith(Path copy) throws IOException {
        if (fd < 0) {
            return false;
        }
        boolean shared = false;
        PrivateFiles.create(copy).close();
        int target = Libc.openForWriting(ExactPaths.bytes(copy));
        try {
            shared = target >= 0 && Libc.share(target, fd) == 0;
        } finally {
            if (target >= 0) {
                Libc.closeFile(target);
            }
            if (!shared) {
                Files.deleteIfExists(copy);
            }
        }
        return shared;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (fd >= 0) {
            Libc.closeFile(fd);
        }
        channel.close();
    }
}
