package org.hikae.files.center.collect;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.hikae.api.files.TransferWindow;

/** Whether a window is open, by what the clock on the wall shows there: an hour that comes twice is open twice. */
final class Hours {

    private Hours() {}

    static boolean isOpen(TransferWindow window, Instant now) {
        ZonedDateTime there = now.atZone(window.zone());
        LocalTime time = there.toLocalTime();
        boolean today = window.days().contains(there.getDayOfWeek());
        boolean begun = !time.isBefore(window.from());
        boolean before = time.isBefore(window.to());
        if (window.from().isBefore(window.to())) {
            return today && begun && before;
        }
        boolean yesterday = window.days().contains(there.getDayOfWeek().minus(1));
        return (today && begun) || (yesterday && before);
    }
}
