package org.hikae.files.center.plan;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.TransferWindow;

/** Makes what tests need. */
final class Make {
    static final long MB = 1_000_000;

    private Make() {}

    static RunInfo run(String origin, long number, Instant taken, TransferWindow window, long bytes) {
        return new RunInfo(
                new RunId(origin, "row", number), new UUID(1, number), number - 1, taken, window, false, 1, bytes, 1);
    }

    static TransferWindow daily(String from, String to, String zone) {
        return new TransferWindow(
                EnumSet.allOf(DayOfWeek.class), LocalTime.parse(from), LocalTime.parse(to), ZoneId.of(zone));
    }

    /** A planner that reckons without a margin. */
    static Planner exact(long rate) {
        return new LaxityPlanner(new Settings(rate, Duration.ofMinutes(1), 1));
    }
}
