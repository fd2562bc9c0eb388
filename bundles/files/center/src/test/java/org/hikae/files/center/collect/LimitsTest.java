package org.hikae.files.center.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.center.Conditions;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Set<DayOfWeek> DAILY = EnumSet.allOf(DayOfWeek.class);

    private static TransferWindow window(Set<DayOfWeek> days, String from, String to) {
        return new TransferWindow(days, LocalTime.parse(from), LocalTime.parse(to), BERLIN);
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }

    @Test
    void anHourThatComesTwiceIsOpenTwiceAndOneThatDoesNotComeNever() {
        TransferWindow window = window(DAILY, "02:00", "03:00");
        Duration autumn = openOn("2026-10-25T00:00", window);
        Duration spring = openOn("2026-03-29T00:00", window);
        assertThat(autumn).isEqualTo(Duration.ofHours(2));
        assertThat(spring).isEqualTo(Duration.ZERO);
    }

    private static Duration openOn(String day, TransferWindow window) {
        Instant begin = at(day);
        int minutes = 0;
        Instant end = LocalDateTime.parse(day).plusDays(1).atZone(BERLIN).toInstant();
        for (Instant time = begin; time.isBefore(end); time = time.plusSeconds(60)) {
            minutes += Hours.isOpen(window, time) ? 1 : 0;
        }
        return Duration.ofMinutes(minutes);
    }

    @Test
    void overMidnightItBelongsToTheDayOnWhichItBegins() {
        TransferWindow friday = window(Set.of(DayOfWeek.FRIDAY), "22:00", "06:00");
        assertThat(Hours.isOpen(friday, at("2026-11-27T21:59:59"))).isFalse();
        assertThat(Hours.isOpen(friday, at("2026-11-27T22:00"))).isTrue();
        assertThat(Hours.isOpen(friday, at("2026-11-28T05:59:59"))).isTrue();
        assertThat(Hours.isOpen(friday, at("2026-11-28T06:00"))).isFalse();
        assertThat(Hours.isOpen(friday, at("2026-11-27T03:00"))).isFalse();
        TransferWindow saturday = window(Set.of(DayOfWeek.SATURDAY), "12:00", "12:00");
        assertThat(Hours.isOpen(saturday, at("2026-11-28T11:59"))).isFalse();
        assertThat(Hours.isOpen(saturday, at("2026-11-29T11:59"))).isTrue();
        assertThat(Hours.isOpen(saturday, at("2026-11-29T12:00"))).isFalse();
    }

    private static RunInfo run(String origin, TransferWindow window, boolean finish) {
        return new RunInfo(new RunId(origin, "b", 1), new UUID(1, 1), 0, Instant.EPOCH, window, finish, 1, 1, 1);
    }

    private static Conditions conditions(List<TransferWindow> windows) {
        return new Conditions(windows, 1, List.of(), 0, 0);
    }

    @Test
    void bothSidesHaveToBeOpen() {
        TransferWindow night = window(DAILY, "22:00", "06:00");
        TransferWindow noon = window(DAILY, "12:00", "13:00");
        Limits limits = new Limits(
                conditions(List.of(night)), Map.of("r1", conditions(List.of(window(DAILY, "23:00", "00:00")))));
        assertThat(limits.forbids(run("alice", null, false), false, false, at("2026-11-27T22:30")))
                .isNull();
        assertThat(limits.forbids(run("alice", noon, false), false, false, at("2026-11-27T22:30")))
                .contains("client's window");
        assertThat(limits.forbids(run("alice", null, false), false, false, at("2026-11-27T12:30")))
                .contains("center's windows");
        // What holds for a relay holds for all that it hands on, and for nobody else.
        assertThat(limits.forbids(run("bob@r1", null, false), false, false, at("2026-11-27T22:30")))
                .contains("r1");
        assertThat(limits.forbids(run("bob@r1", null, false), false, false, at("2026-11-27T23:30")))
                .isNull();
        assertThat(limits.forbids(run("bob@xr1", null, false), false, false, at("2026-11-27T22:30")))
                .isNull();
    }

    @Test
    void whatHasBegunMayBeFinishedIfItsClientSaysSo() {
        TransferWindow noon = window(DAILY, "12:00", "13:00");
        Limits limits = new Limits(conditions(List.of()), Map.of());
        Instant after = at("2026-11-27T13:00");
        assertThat(limits.forbids(run("alice", noon, true), true, false, after)).isNull();
        assertThat(limits.forbids(run("alice", noon, true), false, false, after))
                .isNotNull();
        assertThat(limits.forbids(run("alice", noon, false), true, false, after))
                .isNotNull();
        assertThat(limits.forbids(run("alice", noon, false), false, true, after))
                .isNull();
    }

    @Test
    void ofSeveralRatesTheSmallestHolds() {
        Conditions conditions = new Conditions(
                List.of(),
                1,
                List.of(
                        new Conditions.Rate(window(DAILY, "08:00", "18:00"), 1000),
                        new Conditions.Rate(window(DAILY, "12:00", "13:00"), 5000),
                        new Conditions.Rate(window(DAILY, "13:00", "14:00"), 10)),
                0,
                0);
        assertThat(Limits.rate(conditions, at("2026-11-27T12:30"))).isEqualTo(1000);
        assertThat(Limits.rate(conditions, at("2026-11-27T13:30"))).isEqualTo(10);
        assertThat(Limits.rate(conditions, at("2026-11-27T18:00"))).isEqualTo(Pacer.UNLIMITED);
    }
}
