package org.hikae.files.center.plan;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.hikae.api.files.TransferWindow;

/**
 * A window by what the clock on the wall shows: hours that it shows twice are open twice, and those that it does not show are not. Fractions
 * of a second at the edges are closed.
 */
final class WallHours implements Hours {
    private static final int DAY = 86_400;
    private static final int WEEK = 7;
    private static final long SECOND = 1000;
    /** 1970-01-01 was a Thursday. */
    private static final int FIRST_WEEKDAY = DayOfWeek.THURSDAY.ordinal();

    private final ZoneRules rules;
    private final boolean[] days = new boolean[WEEK];
    private final int from;
    private final int to;
    private final Shape shape;

    /** How the hours lie in the day. */
    private enum Shape {
        WITHIN_DAY,
        OVER_MIDNIGHT,
        /** From one day's hour to the same of the next. */
        WHOLE_DAY
    }

    WallHours(TransferWindow window) {
        rules = window.zone().getRules();
        window.days().forEach(day -> days[day.ordinal()] = true);
        int compared = window.from().compareTo(window.to());
        shape = compared == 0 ? Shape.WHOLE_DAY : compared < 0 ? Shape.WITHIN_DAY : Shape.OVER_MIDNIGHT;
        from = roundedUp(window.from());
        to = compared == 0 ? from : window.to().toSecondOfDay();
    }

    private static int roundedUp(LocalTime time) {
        return time.toSecondOfDay() + (time.getNano() > 0 ? 1 : 0);
    }

    @Override
    public boolean open(long time) {
        long wall = wall(time);
        long day = Math.floorDiv(wall, DAY);
        int second = (int) Math.floorMod(wall, (long) DAY);
        return switch (shape) {
            case WITHIN_DAY -> second >= from && second < to && begins(day);
            case OVER_MIDNIGHT -> second >= from && begins(day) || second < to && begins(day - 1);
            case WHOLE_DAY -> begins(second >= from ? day : day - 1);
        };
    }

    private boolean begins(long day) {
        return days[(int) Math.floorMod(day + FIRST_WEEKDAY, (long) WEEK)];
    }

    /** Seconds that the clock on the wall shows, counted as if it stood in Greenwich. */
    private long wall(long time) {
        return Math.floorDiv(time, SECOND)
                + rules.getOffset(Instant.ofEpochMilli(time)).getTotalSeconds();
    }

    @Override
    public long until(long time) {
        long wall = wall(time);
        int second = (int) Math.floorMod(wall, (long) DAY);
        long seconds = Math.min(ahead(second, from), ahead(second, to));
        long edge = (Math.floorDiv(time, SECOND) + seconds) * SECOND;
        ZoneOffsetTransition change = rules.isFixedOffset() ? null : rules.nextTransition(Instant.ofEpochMilli(time));
        return change == null ? edge : Math.min(edge, change.toEpochSecond() * SECOND);
    }

    /** Seconds from one second of the day to the next time of the other, at least 1. */
    private static int ahead(int second, int other) {
        int seconds = Math.floorMod(other - second, DAY);
        return seconds == 0 ? DAY : seconds;
    }
}
