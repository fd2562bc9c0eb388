package org.hikae.files.client.select;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.hikae.api.fs.FileType;
import org.hikae.io.OpenedFile;

/**
 * What a Unix knows of a file beside its names and content.
 *
 * @param mode permissions, set-user-id, set-group-id and sticky bits, 0 to 07777
 * @param uid number of the owner, 0 to 2^32-1
 * @param gid number of the group, 0 to 2^32-1
 * @param links number of names
 * @param special number of a device as the C library puts it together; 0 of other files
 * @param device which file system it is in
 * @param inode number of the file there
 * @param changed time of the last change of content or attributes
 */
public record Facts(
        FileType type,
        int mode,
        long uid,
        long gid,
        long size,
        long links,
        long special,
        long device,
        long inode,
        Instant accessed,
        Instant modified,
        Instant changed) {

    private static final String WANTED =
            "unix:mode,uid,gid,size,nlink,rdev,dev,ino,lastAccessTime,lastModifiedTime,ctime";
    private static final int TYPE = 0170000;
    private static final int RIGHTS = 07777;
    private static final long UNSIGNED = 0xffffffffL;

    /** A symlink is not followed. @throws java.nio.file.NoSuchFileException if there is none */
    public static Facts of(Path place) throws IOException {
        return from(place, Files.readAttributes(place, WANTED, LinkOption.NOFOLLOW_LINKS));
    }

    /** As it is now, whatever has its name. */
    public static Facts of(OpenedFile file, Path place) throws IOException {
        return from(place, file.attributes(WANTED));
    }

    private static Facts from(Path place, Map<String, Object> values) throws IOException {
        int mode = (int) number(values, "mode");
        FileType type =
                switch (mode & TYPE) {
                    case 0100000 -> FileType.REGULAR;
                    case 0040000 -> FileType.DIRECTORY;
                    case 0120000 -> FileType.SYMLINK;
                    case 0020000 -> FileType.CHARACTER_DEVICE;
                    case 0060000 -> FileType.BLOCK_DEVICE;
                    case 0010000 -> FileType.FIFO;
                    case 0140000 -> FileType.SOCKET;
                    default -> throw new IOException(place + " is a file of an unknown kind");
                };
        boolean device = type == FileType.CHARACTER_DEVICE || type == FileType.BLOCK_DEVICE;
        return new Facts(
                type,
                mode & RIGHTS,
                number(values, "uid") & UNSIGNED,
                number(values, "gid") & UNSIGNED,
                number(values, "size"),
                number(values, "nlink"),
                device ? number(values, "rdev") : 0,
                number(values, "dev"),
                number(values, "ino"),
                instant(values, "lastAccessTime"),
                instant(values, "lastModifiedTime"),
                instant(values, "ctime"));
    }

    private static long number(Map<String, Object> values, String name) {
        return ((Number) values.get(name)).longValue();
    }

    private static Instant instant(Map<String, Object> values, String name) {
        return ((FileTime) values.get(name)).toInstant();
    }

    public boolean isRegular() {
        return type == FileType.REGULAR;
    }

    public boolean isFolder() {
        return type == FileType.DIRECTORY;
    }

    /** Whether it is the same file with the same content, as far as can be seen from outside. */
    public boolean isUnchangedSince(Facts before) {
        return type == before.type
                && inode == before.inode
                && size == before.size
                && modified.equals(before.modified)
                && changed.equals(before.changed);
    }

    /** Of a device. */
    public int major() {
        return (int) (special >>> 8 & 0xfff | special >>> 32 & ~0xfffL);
    }

    /** Of a device. */
    public int minor() {
        return (int) (special & 0xff | special >>> 12 & ~0xffL);
    }
}
