package org.hikae.api.schedule;

import java.time.Instant;
import java.util.List;

/**
 * A schedule as it stands.
 *
 * @param nextFull when the next full backup is due; null: never
 * @param nextDifferential when the next differential one is; null: never
 * @param runs the last 100 runs, the newest first; those that wait or run are the first
 * @param problem what is wrong with it, such as a disk that is not there, or a last run that failed or was missed; null: nothing
 */
public record ScheduleStatus(
        Schedule schedule, Instant nextFull, Instant nextDifferential, List<ScheduledRun> runs, String problem) {

    public ScheduleStatus {
        runs = List.copyOf(runs);
    }
}
