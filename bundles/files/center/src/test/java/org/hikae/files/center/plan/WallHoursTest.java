package org.hikae.files.center.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.hikae.api.files.TransferWindow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows over a year, with the days on which clocks are put forward and back, against what the clock on the wall shows. */
class WallHoursTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");
    private static final int WINDOWS = 20;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "Australia/Lord_Howe",
                "Asia/Kathmandu",
                "Africa/Cairo"
            })
    void aYear(String zone) {
        Random random = new Random(Long.getLong("hikae.seed", zone.hashCode()));
        for (int i = 0; i < WINDOWS; i++) {
            Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
            for (DayOfWeek day : DayOfWeek.values()) {
                if (random.nextBoolean()) {
                    days.add(day);
                }
            }
            // Most lie about the hours that are shown twice or not at all.
            LocalTime from = LocalTime.of(random.nextInt(i < WINDOWS / 2 ? 4 : 24), random.nextInt(60));
            LocalTime to =
                    i % 7 == 6 ? from : LocalTime.of(random.nextInt(i < WINDOWS / 2 ? 4 : 24), random.nextInt(60));
            checkYear(new TransferWindow(days, from, to, ZoneId.of(zone)));
        }
    }

    private static void checkYear(TransferWindow window) {
        WallHours hours = new WallHours(window);
        Instant at = BEGIN;
        while (at.isBefore(END)) {
            boolean open = hours.open(at.toEpochMilli());
            Instant until = Instant.ofEpochMilli(hours.until(at.toEpochMilli()));
            assertThat(until).isAfter(at);
            assertThat(open).as("%s at %s", window, at).isEqualTo(WallModel.open(window, at));
            for (Instant within = at; within.isBefore(until); within = within.plus(Duration.ofMinutes(17))) {
                assertThat(WallModel.open(window, within))
                        .as("%s at %s", window, within)
                        .isEqualTo(open);
            }
            assertThat(WallModel.open(window, until.minusMillis(1)))
                    .as("%s before %s", window, until)
                    .isEqualTo(open);
            at = until;
        }
    }
}
