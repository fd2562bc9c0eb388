package org.hikae.api.schedule;

import java.time.Instant;

/**
 * A run of a schedule, past or present.
 *
 * @param due for when it was planned; if several times were missed or had to wait, the last of them
 * @param covered number of planned times that it stands for, at least 1; 0 if somebody asked for it. Those of an interrupted run are among
 *     those of the run that catches up with it
 * @param full whether a full backup was asked for
 * @param state how it stands
 * @param started null before it has
 * @param ended null before it has
 * @param job number of its backup's job; 0 before there is one
 * @param generation id of what it made; null if it has made none
 * @param reason why it waits, or failed; null otherwise
 */
public record ScheduledRun(
        Instant due,
        int covered,
        boolean full,
        State state,
        Instant started,
        Instant ended,
        long job,
        String generation,
        String reason) {

    /** How a run stands. */
    public enum State {
        /** For its window, or for another backup of the disk to end. */
        WAITING,
        RUNNING,
        /** The backup is sealed, retention was kept to, and what is to be on tape is there. */
        DONE,
        /** The backup failed, or what follows it did. */
        FAILED,
        CANCELLED,
        /** The platform ended while it ran. */
        INTERRUPTED
    }
}
