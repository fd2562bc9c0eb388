package org.hikae.api.backup;

import java.util.List;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.group.Meta;
import org.hikae.api.media.Layout;

/**
 * A backup to make.
 *
 * @param disk name of the disk
 * @param medium name of the medium
 * @param nodes names of the nodes that copy; empty: all
 * @param limits how much copying may take of the nodes
 * @param layout how the generation lies on the medium
 * @param differential true: only what changed since the newest generation (a.9) of the disk, or of the group (b.7); a full one is made, and the job's
 *     result says why, where it cannot be told what that is (R12)
 * @param since name of the mark since which changes are taken, and what changed before left out (a.11); null: the newest
 *     generation's T0. Only with {@code differential}.
 * @param quieting what quiets programs around T0
 * @param group what group of the disk's files; null: the whole disk
 */
public record BackupRequest(
        String disk,
        String medium,
        List<String> nodes,
        CopyLimits limits,
        Layout layout,
        boolean differential,
        String since,
        Quieting quieting,
        OfGroup group) {

    public BackupRequest {
        if (since != null && !differential) {
            throw new IllegalArgumentException("changes since mark " + since + " make a differential backup");
        }
        if (layout == Layout.IMAGE && differential) {
            throw new IllegalArgumentException("an image is whole: it cannot be differential");
        }
        if (layout == Layout.IMAGE && group != null) {
            throw new IllegalArgumentException("an image is whole: it cannot be of a group of files");
        }
        if (since != null && group != null) {
            throw new IllegalArgumentException(
                    "a group's changes are taken since its own last backup, not since a mark");
        }
    }

    /**
     * A backup of a group of files (b.1): its content, and meta information.
     *
     * @param name of a group of the disk
     * @param meta whose names and attributes are taken too (b.6)
     */
    public record OfGroup(String name, Meta meta) {}

    /** A full backup, with nothing to quiet. */
    public BackupRequest(String disk, String medium, List<String> nodes, long bytesPerSecond, int workers) {
        this(
                disk,
                medium,
                nodes,
                new CopyLimits(bytesPerSecond, workers),
                Layout.PACKED,
                false,
                null,
                Quieting.NONE,
                null);
    }
}
