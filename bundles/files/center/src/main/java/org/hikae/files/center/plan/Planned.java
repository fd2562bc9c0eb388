package org.hikae.files.center.plan;

import java.time.Instant;
import org.hikae.api.files.RunId;

/**
 * What is expected of a request.
 *
 * @param running whether it is sent just now
 * @param begin when it begins or goes on; null: not within the time looked at
 * @param end when it is complete; null: not within the time looked at
 * @param close end of the window in which it is wished; null: there is none
 * @param kept whether it is complete by then
 * @param why what it waits for, or why its window cannot be kept, a sentence; null: nothing
 */
public record Planned(
        RunId run, boolean running, Instant begin, Instant end, Instant close, boolean kept, String why) {}
