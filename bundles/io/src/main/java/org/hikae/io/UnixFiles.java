package org.hikae.io;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.hikae.api.fs.ExtendedAttribute;
import org.hikae.api.fs.FileName;

/** What Unix can do with files and Java cannot. Where functions are missing, the methods that need them say so. */
public final class UnixFiles {

    public static final int FIFO = 0010000;
    public static final int CHARACTER_DEVICE = 0020000;
    public static final int BLOCK_DEVICE = 0060000;
    public static final int SOCKET = 0140000;

    private static final int OWNER_ONLY = 0600;

    private UnixFiles() {}

    /**
     * Creates a special file that only its owner can use.
     *
     * @param type one of the constants
     * @param major of a device, else 0
     * @param minor of a device, else 0
     * @throws IOException if this is not allowed or not possible, or there is such a file
     */
    public static void createSpecial(Path path, int type, int major, int minor) throws IOException {
        check();
        LibcFiles.makeNode(ExactPaths.bytes(path), type | OWNER_ONLY, device(major & 0xffffffffL, minor & 0xffffffffL));
    }

    /** As the C library puts the two together. */
    private static long device(long major, long minor) {
        return (major & ~0xfffL) << 32 | (major & 0xfff) << 8 | (minor & ~0xffL) << 12 | minor & 0xff;
    }

    /**
     * Creates a symlink.
     *
     * @param target any bytes but NUL, at least one, which are kept as they are; where the function is missing, of slashes
     *     that follow each other one is kept
     * @throws IllegalArgumentException if the target is none
     * @throws java.nio.file.FileSystemException if it cannot be created
     */
    public static void createSymlink(Path path, byte[] target) throws IOException {
        Path parsed = ExactPaths.of(target);
        if (Available.LIBC) {
            LibcFiles.createSymlink(target, ExactPaths.bytes(path));
        } else {
            Files.createSymbolicLink(path, parsed);
        }
    }

    /**
     * Gives a file an extended attribute; a symlink is not followed.
     *
     * @param name in full, such as {@code user.comment}
     * @throws IOException if this is not allowed or not possible
     */
    public static void setExtendedAttribute(Path path, byte[] name, byte[] value) throws IOException {
        check();
        LibcFiles.setAttribute(ExactPaths.bytes(path), name, value);
    }

    /**
     * The extended attributes of a file that this process may read, by name; a symlink is not followed. None where they cannot be
     * asked for, or its file system has none.
     *
     * @throws IOException if they cannot be read
     */
    public static List<ExtendedAttribute> extendedAttributes(Path path) throws IOException {
        if (!Available.LIBC) {
            return List.of();
        }
        byte[] file = ExactPaths.bytes(path);
        List<ExtendedAttribute> found = new ArrayList<>();
        byte[] names = LibcFiles.attributeNames(file);
        int from = 0;
        for (int at = 0; at < names.length; at++) {
            if (names[at] == 0) {
                byte[] name = Arrays.copyOfRange(names, from, at);
                byte[] value = LibcFiles.attribute(file, name);
                if (value != null) {
                    found.add(new ExtendedAttribute(FileName.of(name), value));
                }
                from = at + 1;
            }
        }
        found.sort(Comparator.comparing(ExtendedAttribute::name));
        return found;
    }

    /**
     * Takes an extended attribute away from a file; a symlink is not followed.
     *
     * @throws IOException if there is no such one, or this is not allowed or not possible
     */
    public static void removeExtendedAttribute(Path path, byte[] name) throws IOException {
        check();
        LibcFiles.removeAttribute(ExactPaths.bytes(path), name);
    }

    /**
     * Sets the permissions of a file without opening it. A symlink is not followed, not even one that has just come into the place of
     * the file.
     *
     * @param mode 0 to 07777
     * @throws IOException if it is a symlink, or this is not allowed or not possible
     */
    public static void setMode(Path path, int mode) throws IOException {
        if (!HeldFolder.canHold()) {
            Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
            return;
        }
        int fd = HeldFolder.descriptor(path, Libc.O_PATH | Libc.O_NOFOLLOW);
        try {
            Path self = HeldFolder.self(fd);
            if (Files.readAttributes(self, BasicFileAttributes.class).isSymbolicLink()) {
                throw new FileSystemException(path.toString(), null, "a symlink has no permissions of its own");
            }
            Files.setAttribute(self, "unix:mode", mode);
        } finally {
            Libc.closeFile(fd);
        }
    }

    /**
     * Sets the times of a file without opening it, for that waits for others where it is a FIFO, and may set a device going;
     * only where the function is missing, it is opened. A symlink is not followed.
     *
     * @throws IOException if this is not allowed or not possible
     */
    public static void setTimes(Path path, Instant accessed, Instant modified) throws IOException {
        if (Available.LIBC) {
            long[] times = {accessed.getEpochSecond(), accessed.getNano(), modified.getEpochSecond(), modified.getNano()
            };
            LibcFiles.setTimes(ExactPaths.bytes(path), times);
        } else {
            // There are no special files then: they cannot be created.
            Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(FileTime.from(modified), FileTime.from(accessed), null);
        }
    }

    /** Whether {@link #forceFileSystem} can be called. */
    public static boolean canForceFileSystem() {
        return Available.LIBC;
    }

    /** Makes everything durable that was written to the file system of this folder. */
    public static void forceFileSystem(Path folder) throws IOException {
        check();
        int fd = Libc.openFile(folder, false);
        if (fd < 0) {
            throw new IOException(folder + " cannot be opened (error " + -fd + ")");
        }
        try {
            LibcFiles.forceFileSystem(fd);
        } finally {
            Libc.closeFile(fd);
        }
    }

    static boolean available() {
        return Available.LIBC;
    }

    private static void check() throws IOException {
        if (!Available.LIBC) {
            throw new IOException("not possible on this system");
        }
    }

    /** Looks for the functions when they are first needed. */
    private static final class Available {
        static final boolean LIBC = load("Libc") && load("LibcFiles");

        private static boolean load(String name) {
            try {
                Class.forName("org.hikae.io." + name, true, UnixFiles.class.getClassLoader());
                return true;
            } catch (ClassNotFoundException | LinkageError e) {
                return false;
            }
        }
    }
}
