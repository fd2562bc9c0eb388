package org.hikae.api.files.client;

import java.time.Instant;
import java.util.List;
import org.hikae.api.files.RunInfo;

/**
 * A row as it stands.
 *
 * @param next when the next local backup is due; null: never
 * @param last when the last one was made; null: none was
 * @param pending runs that are not yet at the center with all they have, the oldest first
 * @param sent number of frames of the oldest pending run that are durable at the center
 * @param problem what is wrong, a sentence; null: nothing
 */
public record BackupRowStatus(
        BackupRow row, Instant next, Instant last, List<RunInfo> pending, long sent, String problem) {

    public BackupRowStatus {
        pending = List.copyOf(pending);
    }
}
