package org.hikae.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.hikae.cron.CronTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of cron where clocks are put forward and back, and against {@link CronModel}. */
class CronTimesTest {

    private static final Duration AROUND = Duration.ofDays(3);

    private static List<Instant> walk(CronTimes times, Instant after, Instant until) {
        List<Instant> all = new ArrayList<>();
        for (Instant at = times.next(after); at != null && !at.isAfter(until); at = times.next(at)) {
            all.add(at);
        }
        return all;
    }

    /** Local times and their offsets, from the begin of a day to the end of another. */
    private static String onDays(String cron, String zone, String first, int days) {
        ZoneId id = ZoneId.of(zone);
        Instant from = LocalDateTime.parse(first + "T00:00").atZone(id).toInstant();
        Instant to =
                LocalDateTime.parse(first + "T00:00").plusDays(days).atZone(id).toInstant();
        return String.join(
                " ",
                walk(CronTimes.parse(cron, id), from.minusNanos(1), to.minusNanos(1)).stream()
                        .map(at -> at.atZone(id).toOffsetDateTime().toString().substring(8))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Forward over 2:00 to 3:00, and back from 3:00 to 2:00.
                "30 2 * * *      | Europe/Berlin       | 2026-03-28 | 3 | 28T02:30+01:00 29T03:00+02:00 30T02:30+02:00",
                "30 2 * * *      | Europe/Berlin       | 2026-10-24 | 3 | 24T02:30+02:00 25T02:30+02:00 26T02:30+01:00",
                "*/30 2 * * *    | Europe/Berlin       | 2026-03-29 | 1 | 29T03:00+02:00",
                "*/30 2 * * *    | Europe/Berlin       | 2026-10-25 | 1 | 25T02:00+02:00 25T02:30+02:00",
                "0 1-3 * * *     | Europe/Berlin       | 2026-03-29 | 1 | 29T01:00+01:00 29T03:00+02:00",
                "30 */1 * 3 *    | Europe/Berlin       | 2026-03-29 | 1 | 29T00:30+01:00 29T01:30+01:00 29T03:30+02:00"
                        + " 29T04:30+02:00 29T05:30+02:00 29T06:30+02:00 29T07:30+02:00 29T08:30+02:00 29T09:30+02:00"
                        + " 29T10:30+02:00 29T11:30+02:00 29T12:30+02:00 29T13:30+02:00 29T14:30+02:00 29T15:30+02:00"
                        + " 29T16:30+02:00 29T17:30+02:00 29T18:30+02:00 29T19:30+02:00 29T20:30+02:00 29T21:30+02:00"
                        + " 29T22:30+02:00 29T23:30+02:00",
                // Midnight itself was skipped, and came twice.
                "0 0 * * *       | America/Sao_Paulo   | 2018-11-03 | 3 | 03T00:00-03:00 04T01:00-02:00 05T00:00-02:00",
                "30 23 * * *     | America/Sao_Paulo   | 2018-02-17 | 2 | 17T23:30-02:00 18T23:30-03:00",
                // Half an hour: 2:00 to 2:30, and 2:00 back to 1:30.
                "15 2 * * *      | Australia/Lord_Howe | 2026-10-04 | 1 | 04T02:30+11:00",
                "45 1 * * *      | Australia/Lord_Howe | 2026-04-05 | 1 | 05T01:45+11:00",
                "45 1,2 * * *    | Australia/Lord_Howe | 2026-04-05 | 1 | 05T01:45+11:00 05T02:45+10:30",
                // There was no 30 December.
                "0 3 * * *       | Pacific/Apia        | 2011-12-29 | 2 | 29T03:00-10:00",
                "0 3 * * *       | Pacific/Apia        | 2011-12-31 | 1 | 31T00:00+14:00 31T03:00+14:00",
                "0 3 30 12 *     | Pacific/Apia        | 2011-12-31 | 1 | 31T00:00+14:00",
                "0 3 30 12 *     | Pacific/Apia        | 2012-12-30 | 1 | 30T03:00+14:00"
            })
    void fixedHoursAreRunOnceAndAnyHourAsTimeElapses(String cron, String zone, String day, int days, String times) {
        assertThat(onDays(cron, zone, day, days)).isEqualTo(times);
    }

    @Test
    void anyHourIsRunInBothPassesOfAnHour() {
        assertThat(onDays("45 * * * *", "Australia/Lord_Howe", "2026-04-05", 1))
                .startsWith("05T00:45+11:00 05T01:45+11:00 05T01:45+10:30 05T02:45+10:30");
        assertThat(onDays("0 */2 * * *", "Europe/Berlin", "2026-10-25", 1))
                .startsWith("25T00:00+02:00 25T02:00+02:00 25T02:00+01:00 25T04:00+01:00");
    }

    @Test
    void leapDaysComeAndSomeTimesNeverDo() {
        Instant now = Instant.parse("2026-11-26T12:00:00Z");
        assertThat(CronTimes.parse("0 4 29 2 *", ZoneId.of("UTC")).next(now)).isEqualTo("2028-02-29T04:00:00Z");
        assertThat(CronTimes.parse("0 * 29 2 *", ZoneId.of("Europe/Berlin")).next(now))
                .isEqualTo("2028-02-28T23:00:00Z");
        assertThat(CronTimes.parse("0 4 30 2 *", ZoneId.of("UTC")).next(now)).isNull();
        assertThat(CronTimes.parse("0 * 31 4,6 *", ZoneId.of("Europe/Berlin")).next(now))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0 2 * *",
                "0 2 * * * *",
                "60 2 * * *",
                "0 24 * * *",
                "0 0 0 * *",
                "0 0 * 13 *",
                "0 0 * * 8",
                "@daily",
                "0 0|1 * * *",
                "0 0 L * *",
                "0 0 * * 1#2",
                "a b c d e",
                "*/0 * * * *",
                "0 22-2 * * *",
                "1,,2 * * * *"
            })
    void whatIsNoTimeSaysSo(String cron) {
        assertThatThrownBy(() -> CronTimes.parse(cron, ZoneId.of("UTC")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the times '" + cron + "' cannot be understood: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 2 * * * *|5 fields are needed, not 6",
                "@daily|5 fields are needed, not 1",
                "0 0 L * *|'L' is not known",
                "60 2 * * *|60 not in range"
            })
    void saysWhatIsWrong(String cron, String why) {
        assertThatThrownBy(() -> CronTimes.parse(cron, ZoneId.of("UTC")))
                .hasMessageContaining("cannot be understood: ")
                .hasMessageContaining(why)
                .hasMessageEndingWith(
                        "; write minute, hour, day of the month, month and day of the week, such as '30 2 * * 1-5'");
    }

    @Test
    void namesOfDaysAndMonthsAreUnderstood() {
        assertThat(onDays("0 4 * jan MON-tue", "UTC", "2026-01-04", 4)).isEqualTo("05T04:00Z 06T04:00Z");
    }

    /** Days around changes of clocks, and one without. */
    record Place(String zone, String instant) {}

    @Provide
    Arbitrary<Place> places() {
        return Arbitraries.of(
                new Place("Europe/Berlin", "2026-03-29T01:00:00Z"),
                new Place("Europe/Berlin", "2026-10-25T01:00:00Z"),
                new Place("America/Sao_Paulo", "2018-11-04T03:00:00Z"),
                new Place("America/Sao_Paulo", "2018-02-18T02:00:00Z"),
                new Place("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
                new Place("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
                new Place("Pacific/Apia", "2011-12-30T10:00:00Z"),
                new Place("Antarctica/Troll", "2026-03-29T01:00:00Z"),
                new Place("Antarctica/Troll", "2026-10-25T01:00:00Z"),
                new Place("Africa/Casablanca", "2026-02-15T02:00:00Z"),
                new Place("Asia/Kathmandu", "2026-12-31T18:15:00Z"));
    }

    @Provide
    Arbitrary<String> expressions() {
        return Combinators.combine(
                        Arbitraries.of("0", "30", "59", "15,45", "*/20", "*", "7-50/13"),
                        Arbitraries.of("0", "1", "2", "3", "23", "*", "*/2", "1-3", "0,2,22-23", "0-23/5"),
                        Arbitraries.of("*", "*", "29", "30,31", "1-4", "*/3"),
                        Arbitraries.of("*", "*", "2,3,10,11,12"),
                        Arbitraries.of("*", "*", "0", "7", "6-7", "1-5"))
                .as((minute, hour, day, month, week) -> String.join(" ", minute, hour, day, month, week));
    }

    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void theyAreThoseOfEachMinuteTried(
            @ForAll("places") Place place,
            @ForAll("expressions") String expression,
            @ForAll @IntRange(min = 0, max = 7200) int earlier,
            @ForAll List<@IntRange(min = 0, max = 6 * 24 * 60) Integer> probes) {
        ZoneId zone = ZoneId.of(place.zone);
        Instant from = Instant.parse(place.instant).minus(AROUND).minusSeconds(earlier);
        Instant until = from.plus(AROUND).plus(AROUND);
        NavigableSet<Instant> model = new CronModel(expression, zone).between(from, until);
        CronTimes times = CronTimes.parse(expression, zone);

        assertThat(walk(times, from, until)).containsExactlyElementsOf(model);
        for (int probe : probes) {
            Instant after = from.plusSeconds(probe * 60L + probe % 3 * 30L);
            Instant next = times.next(after);
            assertThat(next == null || next.isAfter(until) ? null : next)
                    .as("after %s", after)
                    .isEqualTo(model.higher(after));
        }
    }
}
