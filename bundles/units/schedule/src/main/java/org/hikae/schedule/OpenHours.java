package org.hikae.schedule;

import java.time.Instant;
import java.time.LocalTime;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.Window;

/** Whether a schedule's window is open, by what clocks in its zone show. */
final class OpenHours {

    private OpenHours() {}

    static boolean areNow(Schedule schedule, Instant now) {
        Window window = schedule.window();
        if (window == null) {
            return true;
        }
        LocalTime time = now.atZone(schedule.zone()).toLocalTime();
        boolean begun = !time.isBefore(window.from());
        boolean over = !time.isBefore(window.to());
        boolean overMidnight = window.to().isBefore(window.from());
        return overMidnight ? begun || !over : begun && !over;
    }
}
