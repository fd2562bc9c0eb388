package org.hikae.api.backup;

import java.util.List;

/**
 * A backup to make.
 *
 * @param disk name of the disk
 * @param medium name of the medium
 * @param nodes names of the nodes that copy; empty: all
 * @param bytesPerSecond limit of the copying rate in bytes per second; 0: none
 * @param workers number of copying workers, {@link #MOST_WORKERS} at most, dealt to the nodes in turn; 0: as many as pay, one on each
 *     node at least
 * @param differential true: only what changed since the newest generation (a.9); a full one is made, and the job's
 *     result says why, where it cannot be told what that is (R12)
 * @param since name of the mark since which changes are taken, and what changed before left out (a.11); null: the newest
 *     generation's T0. Only with {@code differential}.
 * @param quieting what quiets programs around T0
 */
public record BackupRequest(
        String disk,
        String medium,
        List<String> nodes,
        long bytesPerSecond,
        int workers,
        boolean differential,
        String since,
        Quieting quieting) {

    /** As many workers as there can be. */
    public static final int MOST_WORKERS = 64;

    public BackupRequest {
        if (workers < 0 || workers > MOST_WORKERS) {
            throw new IllegalArgumentException(workers + " workers; there can be " + MOST_WORKERS);
        }
        if (since != null && !differential) {
            throw new IllegalArgumentException("changes since mark " + since + " make a differential backup");
        }
    }

    /** A full backup, with nothing to quiet. */
    public BackupRequest(String disk, String medium, List<String> nodes, long bytesPerSecond, int workers) {
        this(disk, medium, nodes, bytesPerSecond, workers, false, null, Quieting.NONE);
    }
}
