package org.hikae.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A folder that is held: what is done with names in it happens in this folder, though somebody puts a symlink into its place or into that
 * of a folder above. Where descriptors of folders cannot be had, its path stands for it. For one thread.
 */
public final class HeldFolder implements AutoCloseable {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int ENOENT = 2;
    private static final int EACCES = 13;

    private final int fd;
    private final Path path;
    private boolean closed;

    private HeldFolder(int fd, Path path) {
        this.fd = fd;
        this.path = path;
    }

    static boolean canHold() {
        return UnixFiles.available() && Files.isDirectory(DESCRIPTORS);
    }

    /** What a descriptor is of, under another name. */
    static Path self(int fd) {
        return DESCRIPTORS.resolve(Integer.toString(fd));
    }

    static int descriptor(Path path, int flags) throws IOException {
        int fd = Libc.openFile(ExactPaths.bytes(path), flags);
        if (fd >= 0) {
            return fd;
        }
        throw switch (-fd) {
            case ENOENT -> new NoSuchFileException(path.toString());
            case EACCES -> new AccessDeniedException(path.toString());
            default -> new FileSystemException(path.toString(), null, "it cannot be opened (error " + -fd + ")");
        };
    }

    /**
     * Holds a folder; symlinks on the way to it are followed.
     *
     * @throws NotDirectoryException if it is none
     * @throws IOException if it cannot be held
     */
    public static HeldFolder open(Path folder) throws IOException {
        return hold(folder, true);
    }

    /**
     * Holds a folder in this one.
     *
     * @param name of it
     * @throws NotDirectoryException if it is none, but a symlink to one
     * @throws IOException if it cannot be held
     */
    public HeldFolder child(Path name) throws IOException {
        return hold(resolve(name), false);
    }

    private static HeldFolder hold(Path folder, boolean followed) throws IOException {
        if (!canHold()) {
            LinkOption[] options = followed ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
            check(folder, Files.readAttributes(folder, BasicFileAttributes.class, options));
            return new HeldFolder(-1, folder);
        }
        int fd = descriptor(folder, Libc.O_PATH | (followed ? 0 : Libc.O_NOFOLLOW));
        try {
            check(folder, Files.readAttributes(self(fd), BasicFileAttributes.class));
            return new HeldFolder(fd, self(fd));
        } catch (IOException | RuntimeException e) {
            Libc.closeFile(fd);
            throw e;
        }
    }

    private static void check(Path folder, BasicFileAttributes attributes) throws NotDirectoryException {
        if (!attributes.isDirectory()) {
            throw new NotDirectoryException(folder.toString());
        }
    }

    /** A path of what has that name in this folder, as long as it is held. */
    public Path resolve(Path name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        if (!closed && fd >= 0) {
            Libc.closeFile(fd);
        }
        closed = true;
    }
}
