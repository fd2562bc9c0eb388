package org.hikae.api.files.client;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.hikae.api.files.RunInfo;

/**
 * A row as it stands.
 *
 * @param next when the next local backup is due; null: never
 * @param last when the last one was made; null: none was
 * @param pending runs that are not yet at the center with all they have, the oldest first
 * @param sent number of frames of the oldest pending run that are durable at the center
 * @param awaited of those of the pending runs that the next party has, and that stay for the receipts of the centers: ids of the centers that
 *     have given theirs since the platform was started, by number of the run
 * @param problem what is wrong, a sentence; null: nothing
 */
public record BackupRowStatus(
        BackupRow row,
        Instant next,
        Instant last,
        List<RunInfo> pending,
        long sent,
        SortedMap<Long, List<UUID>> awaited,
        String problem) {

    public BackupRowStatus {
        pending = List.copyOf(pending);
        awaited = Collections.unmodifiableSortedMap(new TreeMap<>(awaited));
    }

    /** One of which nothing stays for the receipts of centers. */
    public BackupRowStatus(
            BackupRow row, Instant next, Instant last, List<RunInfo> pending, long sent, String problem) {
        this(row, next, last, pending, sent, new TreeMap<>(), problem);
    }
}
