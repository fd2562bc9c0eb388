package org.hikae.files.center.plan;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.hikae.api.files.TransferWindow;

/** Whether windows are open, as one would read it off the clock on the wall. */
final class WallModel {

    private WallModel() {}

    /** @param windows empty: always */
    static boolean open(List<TransferWindow> windows, Instant time) {
        return windows.isEmpty() || windows.stream().anyMatch(window -> open(window, time));
    }

    /** @param window null: always */
    static boolean open(TransferWindow window, Instant time) {
        if (window == null) {
            return true;
        }
        ZonedDateTime shown = time.atZone(window.zone());
        LocalTime hour = shown.toLocalTime();
        boolean today = window.days().contains(shown.getDayOfWeek());
        boolean yesterday = window.days().contains(shown.getDayOfWeek().minus(1));
        if (window.from().isBefore(window.to())) {
            return today && !hour.isBefore(window.from()) && hour.isBefore(window.to());
        }
        return today && !hour.isBefore(window.from()) || yesterday && hour.isBefore(window.to());
    }
}
