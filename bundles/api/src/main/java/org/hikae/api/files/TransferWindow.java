package org.hikae.api.files;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * Hours in which files may be transferred (e.1, e.4).
 *
 * @param days on which it begins; all seven: every day
 * @param from first minute
 * @param to the minute after the last; not after {@code from}: on the next day. Equal: the whole day
 * @param zone of these times; where the clock is put forward or back, the hours are those that the clock on the wall shows
 */
public record TransferWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    public TransferWindow {
        days = Set.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a window without a day never opens");
        }
    }
}
