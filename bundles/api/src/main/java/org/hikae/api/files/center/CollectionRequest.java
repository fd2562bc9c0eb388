package org.hikae.api.files.center;

import java.time.Instant;
import org.hikae.api.files.RunInfo;

/**
 * A row of the collection table (e.3).
 *
 * @param arrived when it was announced first
 * @param state how it stands
 * @param frames number of its frames that are durable here
 * @param planned when the planner expects to begin or go on; null: it cannot say
 * @param why what it waits for, or why its window cannot be kept, a sentence; null: nothing
 */
public record CollectionRequest(RunInfo run, Instant arrived, State state, long frames, Instant planned, String why) {

    /** How a request stands. */
    public enum State {
        WAITING,
        RUNNING,
        /** Begun, and its window has closed or others come first. */
        PAUSED,
        DONE,
        FAILED
    }
}
