package org.hikae.node.nio;

import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.NewFile;

/**
 * Whose new files are, and what others may do with them: as the operating system does it for the process of the platform.
 *
 * @param uid number of the owner
 * @param gid number of the group, but in a directory that gives its own to all in it (set-group-id)
 * @param mask permissions that new files do not get
 */
record NewFiles(long uid, long gid, int mask) {

    private static final int SET_GROUP_ID = 02000;

    NewFile regular(FileAttributes directory, int mode) {
        return NewFile.regular(mode & ~mask, uid, group(directory));
    }

    NewFile directory(FileAttributes directory, int mode) {
        return NewFile.directory((mode & ~mask) | (directory.mode() & SET_GROUP_ID), uid, group(directory));
    }

    NewFile symlink(FileAttributes directory, FileName target) {
        return NewFile.symlink(target, uid, group(directory));
    }

    /** A device file, FIFO or socket like another. */
    NewFile special(FileAttributes directory, FileAttributes like) {
        return special(directory, like.type(), like.mode(), like.deviceMajor(), like.deviceMinor());
    }

    /** A device file, FIFO or socket; numbers of a device count for devices alone. */
    NewFile special(FileAttributes directory, FileType type, int mode, int major, int minor) {
        boolean device = type == FileType.CHARACTER_DEVICE || type == FileType.BLOCK_DEVICE;
        return new NewFile(type, mode & ~mask, uid, group(directory), null, device ? major : 0, device ? minor : 0);
    }

    private long group(FileAttributes directory) {
        return (directory.mode() & SET_GROUP_ID) == 0 ? gid : directory.gid();
    }
}
