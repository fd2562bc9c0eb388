package org.hikae.files.transfer.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunNumbersTest {

    private static final Instant NOW = Instant.parse("2031-05-06T07:08:09Z");

    @Test
    void countsAndSecondsOfAnyClockCanBe() {
        for (Instant now : new Instant[] {NOW, Instant.EPOCH, Instant.MIN, Instant.MAX}) {
            assertThat(RunNumbers.canBe(0, now)).isTrue();
            assertThat(RunNumbers.canBe(1_000_000_000, now)).isTrue();
            assertThat(RunNumbers.canBe(Instant.parse("2999-01-01T00:00:00Z").getEpochSecond(), now))
                    .isTrue();
            assertThat(RunNumbers.canBe(Long.MAX_VALUE, now)).isFalse();
            assertThat(RunNumbers.canBe(1_000_000_000_000_000_000L, now)).isFalse();
        }
    }

    /** Whoever is made to skip numbers all the time has as many left as before, and what it uses can be told a moment later. */
    @Test
    void thereIsAlwaysRoomForTheNextOnes() {
        long last = 0;
        for (int day = 0; day < 3650; day++) {
            Instant now = NOW.plus(Duration.ofDays(day));
            assertThat(RunNumbers.canBe(last, now)).isTrue();
            long skipped = RunNumbers.highest(now);
            assertThat(skipped).isGreaterThan(last);
            last = skipped + 86_400; // a run each second
        }
        assertThat(Long.toString(last)).hasSizeLessThan(18);
    }
}
