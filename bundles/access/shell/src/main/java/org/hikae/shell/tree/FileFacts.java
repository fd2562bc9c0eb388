package org.hikae.shell.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hikae.api.fs.FileType;

/**
 * What a Unix knows of a file beside its names and content, of whatever file system of Java has the attributes
 * {@code unix:*}.
 *
 * @param key the same for all names of a file, and for no other file; of the file system's own kind
 * @param inode number of the file
 * @param mode permissions, set-user-id, set-group-id and sticky bits, 0 to 07777
 * @param uid number of the owner, 0 to 2^32-1
 * @param gid number of the group, 0 to 2^32-1
 * @param size bytes
 * @param links number of names
 * @param device number of a device as the C library puts it together; 0 for other files
 * @param changed time of the last change of content or attributes
 */
public record FileFacts(
        Object key,
        long inode,
        FileType type,
        int mode,
        long uid,
        long gid,
        long size,
        long links,
        long device,
        Instant accessed,
        Instant modified,
        Instant changed,
        Instant created) {

    private static final String WANTED =
            "unix:mode,ino,rdev,nlink,uid,gid,ctime,size,lastAccessTime,lastModifiedTime," + "creationTime,fileKey";
    private static final int TYPE = 0170000;
    private static final int RIGHTS = 07777;

    /**
     * Looks at a file; a symlink is not followed.
     *
     * @throws NoSuchFileException if there is none
     * @throws IOException if it cannot be looked at
     */
    public static FileFacts of(Path file) throws IOException {
        return from(Files.readAttributes(file, WANTED, LinkOption.NOFOLLOW_LINKS));
    }

    /** Looks at what a symlink leads to. */
    public static FileFacts followed(Path file) throws IOException {
        return from(Files.readAttributes(file, WANTED));
    }

    /** As {@link #of}; empty if there is no such file. */
    public static Optional<FileFacts> find(Path file) throws IOException {
        try {
            return Optional.of(of(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static FileFacts from(Map<String, Object> values) {
        int mode = (int) number(values, "mode");
        return new FileFacts(
                values.get("fileKey"),
                number(values, "ino"),
                type(mode),
                mode & RIGHTS,
                number(values, "uid") & 0xffffffffL,
                number(values, "gid") & 0xffffffffL,
                number(values, "size"),
                number(values, "nlink"),
                number(values, "rdev"),
                instant(values, "lastAccessTime"),
                instant(values, "lastModifiedTime"),
                instant(values, "ctime"),
                instant(values, "creationTime"));
    }

    private static long number(Map<String, Object> values, String name) {
        return ((Number) values.get(name)).longValue();
    }

    private static Instant instant(Map<String, Object> values, String name) {
        return ((FileTime) values.get(name)).toInstant();
    }

    private static FileType type(int mode) {
        return switch (mode & TYPE) {
            case 0100000 -> FileType.REGULAR;
            case 0040000 -> FileType.DIRECTORY;
            case 0120000 -> FileType.SYMLINK;
            case 0020000 -> FileType.CHARACTER_DEVICE;
            case 0060000 -> FileType.BLOCK_DEVICE;
            case 0010000 -> FileType.FIFO;
            case 0140000 -> FileType.SOCKET;
            default -> throw new IllegalArgumentException("no type of file: " + Integer.toOctalString(mode));
        };
    }

    public boolean isDirectory() {
        return type == FileType.DIRECTORY;
    }

    public boolean isRegular() {
        return type == FileType.REGULAR;
    }

    public int major() {
        return (int) (device >>> 8 & 0xfff | device >>> 32 & ~0xfffL);
    }

    public int minor() {
        return (int) (device & 0xff | device >>> 12 & ~0xffL);
    }
}
