package org.hikae.api.shared;

import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;

/**
 * A file that is to be made.
 *
 * @param type what it is
 * @param mode permissions, set-user-id, set-group-id and sticky bits, 0 to 07777
 * @param uid number of the owner, 0 to 2^32-1
 * @param gid number of the group, 0 to 2^32-1
 * @param target of a symlink, of 1 to 4095 bytes; else null
 * @param deviceMajor of a device file, 0 to 2^31-1; else 0
 * @param deviceMinor of a device file, 0 to 2^31-1; else 0
 */
public record NewFile(FileType type, int mode, long uid, long gid, FileName target, int deviceMajor, int deviceMinor) {

    public static NewFile regular(int mode, long uid, long gid) {
        return new NewFile(FileType.REGULAR, mode, uid, gid, null, 0, 0);
    }

    public static NewFile directory(int mode, long uid, long gid) {
        return new NewFile(FileType.DIRECTORY, mode, uid, gid, null, 0, 0);
    }

    public static NewFile symlink(FileName target, long uid, long gid) {
        return new NewFile(FileType.SYMLINK, 0777, uid, gid, target, 0, 0);
    }
}
