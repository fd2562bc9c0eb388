package org.hikae.api.job;

import java.time.Instant;
import java.util.Map;

/**
 * A job as it stands.
 *
 * @param id from 1, in the order of starting
 * @param paused whether it was told to stand still
 * @param phase what it is doing, a few words; null before it said
 * @param doneBytes bytes done; -1 if not known
 * @param totalBytes bytes to do; -1 if not known
 * @param bytesPerSecond rate over the last seconds while running, over all after
 * @param etaSeconds seconds to go; -1 if not known
 * @param started null if not known
 * @param ended null while running, or if not known
 * @param reason why it failed, was cancelled, or cannot be read; null otherwise
 * @param result what {@link Jobs.Work#run} returned; empty until it has
 */
public record JobInfo(
        long id,
        String kind,
        String subject,
        State state,
        boolean paused,
        String phase,
        long doneBytes,
        long totalBytes,
        long bytesPerSecond,
        long etaSeconds,
        Instant started,
        Instant ended,
        String reason,
        Map<String, Object> result) {

    /** How a job stands. */
    public enum State {
        RUNNING,
        DONE,
        FAILED,
        CANCELLED,
        /** Its platform ended before it did. */
        INTERRUPTED,
        /** Its record cannot be read: nothing is known of it but its id and, as the reason, what is wrong. */
        UNREADABLE
    }
}
