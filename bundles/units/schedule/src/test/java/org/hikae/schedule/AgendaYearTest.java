package org.hikae.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.Window;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A year of several schedules, with outages, crashes, pauses and clocks that are set, against an independent model. */
class AgendaYearTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:17Z");
    private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");
    private static final int YEARS = Boolean.getBoolean("hikae.long") ? 100 : 1;

    private static Schedule schedule(
            String name, String disk, String full, String differential, String zone, Window window) {
        return new Schedule(
                name, new Schedule.OfDisk(disk), "vault", full, differential, ZoneId.of(zone), window, null, false);
    }

    private static Window window(String from, String to) {
        return new Window(LocalTime.parse(from), LocalTime.parse(to));
    }

    private static final List<Schedule> SCHEDULES = List.of(
            schedule("weekly", "d1", "0 3 * * 0", "0 */4 * * *", "Europe/Berlin", null),
            schedule("nightly", "d1", "30 1 1 * *", "30 1 * * *", "Europe/Berlin", window("22:00", "05:30")),
            schedule("busy", "d2", null, "*/20 * * * *", "UTC", window("08:00", "18:00")),
            schedule("island", "d2", "15 2 * * *", null, "Australia/Lord_Howe", null),
            schedule("short", "d3", "0 2 * * 1", "0 2 * * 2-7", "America/New_York", window("02:00", "04:00")),
            schedule("rare", "d3", "0 0 29 2 *", "0 12 1 */3 *", "Asia/Tokyo", null));

    static LongStream seeds() {
        long seed = Long.getLong("hikae.seed", System.nanoTime());
        return new Random(seed).longs(YEARS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsMissedAndNothingRunTwice(long seed) {
        SimulatedPlatform platform = new SimulatedPlatform(SCHEDULES, BEGIN, new Random(seed), "seed " + seed);
        while (platform.now().isBefore(END)) {
            platform.step();
        }
        assertThat(platform.outages()).as("outages").isGreaterThan(20);
        assertThat(platform.interrupted()).as("runs that were interrupted").isPositive();
        assertThat(platform.stoodStill()).as("runs that stood still").isPositive();
        assertThat(platform.leftOut()).as("times left out by pauses").isPositive();
        assertThat(platform.ended()).as("runs that ended").isGreaterThan(1500);
    }
}
