package org.hikae.fs.shared.table;

import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;

/**
 * What is kept of a file beside names, extents and extended attributes.
 *
 * @param number of the inode, from 1
 * @param type what it is
 * @param mode permissions, set-user-id, set-group-id and sticky bits
 * @param uid number of the owner
 * @param gid number of the group
 * @param size bytes: of the content, of a symlink's target, of all names in a directory
 * @param links number of names; of a directory 2, and one for each directory in it; 0 without a name
 * @param times its times
 * @param parent the directory that a directory is in; else 0
 * @param target of a symlink; else null
 * @param deviceMajor of a device file; else 0
 * @param deviceMinor of a device file; else 0
 */
public record Inode(
        long number,
        FileType type,
        int mode,
        long uid,
        long gid,
        long size,
        long links,
        Times times,
        long parent,
        FileName target,
        int deviceMajor,
        int deviceMinor) {

    public boolean isDirectory() {
        return type == FileType.DIRECTORY;
    }

    /** Number of blocks that its size needs. */
    public long blocks(int blockSize) {
        return size / blockSize + (size % blockSize == 0 ? 0 : 1);
    }

    public Inode withOwner(int newMode, long newUid, long newGid) {
        return new Inode(
                number, type, newMode, newUid, newGid, size, links, times, parent, target, deviceMajor, deviceMinor);
    }

    public Inode withSize(long bytes) {
        return new Inode(number, type, mode, uid, gid, bytes, links, times, parent, target, deviceMajor, deviceMinor);
    }

    public Inode withLinks(long number) {
        return new Inode(
                this.number, type, mode, uid, gid, size, number, times, parent, target, deviceMajor, deviceMinor);
    }

    public Inode withTimes(Times other) {
        return new Inode(number, type, mode, uid, gid, size, links, other, parent, target, deviceMajor, deviceMinor);
    }

    public Inode withParent(long directory) {
        return new Inode(number, type, mode, uid, gid, size, links, times, directory, target, deviceMajor, deviceMinor);
    }

    public FileAttributes attributes() {
        return new FileAttributes(
                number,
                type,
                mode,
                uid,
                gid,
                size,
                links,
                times.accessed(),
                times.modified(),
                times.changed(),
                times.created(),
                deviceMajor,
                deviceMinor,
                0);
    }
}
