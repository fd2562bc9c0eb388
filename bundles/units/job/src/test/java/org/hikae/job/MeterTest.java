package org.hikae.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MeterTest {

    private long now = -5_000_000_000L; // nanoTime may start anywhere
    private final Meter meter = new Meter(() -> now);

    private void advance(long millis, long bytes) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        meter.advance(bytes);
    }

    @Test
    void nothingIsKnownAtTheStart() {
        assertThat(meter.read()).isEqualTo(new Meter.Reading(0, -1, 0, -1));
    }

    @Test
    void rateIsThatOfTheLastSeconds() {
        for (int i = 0; i < 200; i++) {
            advance(100, 10);
        }
        assertThat(meter.read().rate()).isBetween(98L, 102L);
        for (int i = 0; i < 70; i++) {
            advance(100, 1000);
        }
        assertThat(meter.read().rate()).isBetween(9_800L, 10_200L);
        assertThat(meter.read().done()).isEqualTo(200 * 10 + 70 * 1000);
    }

    @Test
    void rateFallsToNothingWhenNothingIsDone() {
        meter.total(1_000_000);
        for (int i = 0; i < 50; i++) {
            advance(100, 1000);
        }
        assertThat(meter.read().eta()).isBetween(90L, 98L);
        now += TimeUnit.SECONDS.toNanos(60);
        assertThat(meter.read().rate()).isLessThan(100);
        meter.advance(0);
        now += TimeUnit.SECONDS.toNanos(6);
        assertThat(meter.read().rate()).isZero();
        assertThat(meter.read().eta()).isEqualTo(-1);
    }

    @Test
    void rateAtTheEndIsThatOfTheWhole() {
        advance(1000, 5000);
        advance(59_000, 1000);
        assertThat(meter.readAtEnd()).isEqualTo(new Meter.Reading(6000, -1, 100, -1));
    }

    @Test
    void sizesBeyondIntegers() {
        long total = 32L << 40;
        meter.total(total);
        advance(1000, total / 2);
        assertThat(meter.read()).isEqualTo(new Meter.Reading(total / 2, total, total / 2, 1));
    }

    @Test
    void moreDoneThanExpectedIsNoNegativeTime() {
        meter.total(10);
        advance(1000, 20);
        assertThat(meter.read().eta()).isZero();
    }

    @Test
    void whatStandsStillHasNoRateAndItsTimeDoesNotCount() {
        meter.total(100_000);
        for (int i = 0; i < 60; i++) {
            advance(100, 100);
        }
        meter.stand();
        assertThat(meter.read()).isEqualTo(new Meter.Reading(6000, 100_000, 0, -1));
        now += TimeUnit.HOURS.toNanos(3);
        assertThat(meter.read().rate()).isZero();
        meter.goOn();
        assertThat(meter.read().rate()).as("as before").isBetween(980L, 1020L);
        assertThat(meter.read().eta()).isBetween(92L, 96L);
        advance(100, 100);
        assertThat(meter.readAtEnd().rate()).isEqualTo(1000);
    }

    @Test
    void whatIsDoneWhileOthersStandCounts() {
        advance(1000, 100);
        meter.stand();
        advance(60_000, 100);
        meter.goOn();
        assertThat(meter.readAtEnd()).isEqualTo(new Meter.Reading(200, -1, 200, -1));
    }

    @Test
    void endedWhileStandingTheRateIsThatOfBefore() {
        advance(2000, 1000);
        meter.stand();
        now += TimeUnit.HOURS.toNanos(1);
        assertThat(meter.readAtEnd().rate()).isEqualTo(500);
    }
}
