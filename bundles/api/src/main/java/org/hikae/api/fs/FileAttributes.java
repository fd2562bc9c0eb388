package org.hikae.api.fs;

import java.time.Instant;

/**
 * What is known of a file beside its names and its content.
 *
 * @param inode number of the file, unique in its file system; at least 1
 * @param type what it is
 * @param mode the permissions, set-user-id, set-group-id and sticky bits: 0 to 07777
 * @param uid number of the owner, 0 to 2^32-1
 * @param gid number of the group, 0 to 2^32-1
 * @param size bytes; of a symlink, those of its target
 * @param links number of names; 0 for a file that was deleted while open
 * @param accessed time of the last access
 * @param modified time of the last change of the content
 * @param changed time of the last change of content or attributes
 * @param created null where the file system does not keep it
 * @param deviceMajor of a device file, else 0
 * @param deviceMinor of a device file, else 0
 * @param flags attributes of the format's own (as {@code chattr} sets them), as they are kept
 */
public record FileAttributes(
        long inode,
        FileType type,
        int mode,
        long uid,
        long gid,
        long size,
        long links,
        Instant accessed,
        Instant modified,
        Instant changed,
        Instant created,
        int deviceMajor,
        int deviceMinor,
        long flags) {}
