package org.hikae.api.schedule;

import java.time.LocalTime;

/**
 * The hours of each day in which backups may run, by the schedule's time zone; outside they stand still.
 *
 * @param from first minute
 * @param to the minute after the last; before {@code from}: on the next day
 */
public record Window(LocalTime from, LocalTime to) {

    public Window {
        if (from.equals(to)) {
            throw new IllegalArgumentException(
                    "a window from " + from + " to " + to + " is either never or always open");
        }
    }
}
