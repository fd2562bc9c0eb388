package org.hikae.files.client.due;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.hikae.cron.CronTimes;
import org.junit.jupiter.api.Test;

class DueTimesTest {

    private static final CronTimes NIGHTLY = CronTimes.parse("30 2 * * *", ZoneId.of("Europe/Berlin"));
    private static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void aYearHasItsNightsEachOnce() {
        Instant handled = BEGIN;
        int runs = 0;
        for (Instant now = BEGIN; now.isBefore(BEGIN.plus(Duration.ofDays(365))); now = now.plusSeconds(600)) {
            if (DueTimes.isDue(NIGHTLY, handled, now)) {
                handled = now;
                runs++;
            }
        }
        assertThat(runs).isEqualTo(365);
    }

    @Test
    void whatWasMissedIsMadeUpForOnce() {
        Instant now = BEGIN.plus(Duration.ofDays(40));

        assertThat(DueTimes.isDue(NIGHTLY, BEGIN, now)).isTrue();
        assertThat(DueTimes.isDue(NIGHTLY, now, now.plusSeconds(60))).isFalse();
    }

    @Test
    void aClockThatWasWrongForAWhileStopsNothing() {
        Instant future = BEGIN.plus(Duration.ofDays(5000));

        Instant handled = DueTimes.handled(future, BEGIN);

        assertThat(handled).isEqualTo(BEGIN);
        assertThat(DueTimes.next(NIGHTLY, future, BEGIN)).isEqualTo(Instant.parse("2026-01-02T01:30:00Z"));
        assertThat(DueTimes.isDue(NIGHTLY, handled, BEGIN.plus(Duration.ofDays(1))))
                .isTrue();
    }

    /** However the clock leaps, between two looks there is one run at most, and after a day by the clock there was one. */
    @Test
    void leapsMakeNeitherStormsNorSilence() {
        Random random = new Random(11);
        Instant now = BEGIN;
        Instant handled = BEGIN;
        Instant last = BEGIN;
        for (int i = 0; i < 20_000; i++) {
            boolean leap = random.nextInt(50) == 0;
            Instant before = now;
            now = now.plusSeconds(leap ? random.nextInt(8_000_000) - 4_000_000 : random.nextInt(3000));
            if (now.isBefore(before)) {
                last = now;
            }
            if (handled.isAfter(now)) {
                handled = now;
            }
            if (DueTimes.isDue(NIGHTLY, handled, now)) {
                handled = now;
                last = now;
            }
            assertThat(Duration.between(last, now)).isLessThan(Duration.ofHours(26));
        }
    }

    @Test
    void withoutTimesNothingIsDue() {
        assertThat(DueTimes.isDue(null, BEGIN, BEGIN.plusSeconds(1_000_000))).isFalse();
        assertThat(DueTimes.next(null, BEGIN, BEGIN)).isNull();
    }
}
