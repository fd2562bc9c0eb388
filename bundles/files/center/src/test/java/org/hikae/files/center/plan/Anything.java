package org.hikae.files.center.plan;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.center.Conditions;

/** Generates conditions and requests with hours in all kinds of zones: over midnight, at hours that clocks leave out or show twice. */
final class Anything {
    private static final String[] ZONES = {
        "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo"
    };
    private static final int BACKUPS = 2;

    private final Random random;

    Anything(Random random) {
        this.random = random;
    }

    private TransferWindow window(int leastMinutes, Set<DayOfWeek> days) {
        // Half of them lie about the hours at which clocks are changed.
        int hours = random.nextBoolean() ? 4 : 24;
        LocalTime from = LocalTime.of(random.nextInt(hours), random.nextInt(60));
        // Not the whole day, since a window that never closes is none.
        int minutes = leastMinutes + random.nextInt(24 * 60 - leastMinutes);
        return new TransferWindow(
                days, from, from.plusMinutes(minutes), ZoneId.of(ZONES[random.nextInt(ZONES.length)]));
    }

    private Set<DayOfWeek> days() {
        Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
        for (DayOfWeek day : DayOfWeek.values()) {
            if (random.nextInt(3) > 0) {
                days.add(day);
            }
        }
        return days;
    }

    Conditions center(boolean bandwidth) {
        List<TransferWindow> windows = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            windows.add(window(6 * 60, days()));
        }
        List<Conditions.Rate> rates = new ArrayList<>();
        for (int i = bandwidth ? 1 + random.nextInt(2) : 0; i > 0; i--) {
            rates.add(new Conditions.Rate(window(60, days()), (2 + random.nextInt(6)) * Make.MB));
        }
        return new Conditions(windows, 1 + random.nextInt(3), rates, 0, 0);
    }

    Conditions ofOrigin() {
        return new Conditions(List.of(window(8 * 60, days())), 1 + random.nextInt(2), List.of(), 0, 0);
    }

    /**
     * Requests of some origins, each of which has a rate, by when they come.
     *
     * @param minutes of work in all, about
     */
    List<Wanted> requests(int origins, Instant from, Duration span, int count, int minutes) {
        TransferWindow[] windows = new TransferWindow[origins * BACKUPS];
        long[] rates = new long[origins];
        for (int i = 0; i < windows.length; i++) {
            boolean daily = random.nextBoolean();
            windows[i] = random.nextInt(8) == 0 ? null : window(15, daily ? EnumSet.allOf(DayOfWeek.class) : days());
            rates[i / BACKUPS] = (1 + random.nextInt(4)) * Make.MB;
        }
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            times.add(from.plusMillis((long) (random.nextDouble() * span.toMillis())));
        }
        times.sort(Comparator.naturalOrder());
        long[] numbers = new long[windows.length];
        List<Wanted> all = new ArrayList<>();
        for (Instant time : times) {
            int row = random.nextInt(windows.length);
            long rate = rates[row / BACKUPS];
            double share = -Math.log(1 - random.nextDouble());
            long millis = 1000 + (long) (share * minutes * Ledger.MINUTE / count);
            RunId id = new RunId("c" + row / BACKUPS, "row" + row, ++numbers[row]);
            boolean finish = row % 5 == 0;
            all.add(Wanted.of(
                    new RunInfo(
                            id,
                            new UUID(1, id.number()),
                            id.number() - 1,
                            time,
                            windows[row],
                            finish,
                            1,
                            millis * rate / 1000,
                            1),
                    time,
                    rate));
        }
        return all;
    }
}
