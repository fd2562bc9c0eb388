package org.hikae.files.center.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A rate is held over any time, whoever asks when and for how much (I7). */
class PacerTest {

    private static final long SECOND = 1_000_000_000;

    private final Random random = new Random(Long.getLong("hikae.seed", 11));

    @RepeatedTest(20)
    void noSpanOfTimeHasMoreThanItsShare() {
        long rate = 1L + random.nextInt(10_000_000);
        Pacer pacer = new Pacer(rate, 0);
        long[] at = new long[2000];
        long[] sum = new long[2000];
        long now = 0;
        long total = 0;
        for (int i = 0; i < at.length; i++) {
            now += random.nextInt(3) == 0 ? random.nextLong(SECOND) : random.nextLong(SECOND / 1000);
            int taken = pacer.take(1 + random.nextInt(1 << 16), now);
            int back = random.nextInt(4) == 0 ? random.nextInt(taken + 1) : 0;
            pacer.giveBack(back);
            total += taken - back;
            at[i] = now;
            sum[i] = total;
        }
        for (int i = 0; i < at.length; i += 7) {
            for (int j = i + 1; j < at.length; j += 11) {
                double most = (at[j] - at[i]) / (double) SECOND * rate + rate / 10.0 + 2;
                assertThat((double) (sum[j] - sum[i])).isLessThanOrEqualTo(most);
            }
        }
    }

    @Test
    void whatIsAllowedComes() {
        Pacer pacer = new Pacer(1000, 0);
        long total = 0;
        for (long now = 0; now <= 10 * SECOND; now += SECOND / 50) {
            total += pacer.take(1 << 16, now);
        }
        assertThat(total).isBetween(9_800L, 10_000L);
    }

    @Test
    void aByteAtATimeIsNotTooFew() {
        Pacer pacer = new Pacer(1, 0);
        assertThat(pacer.take(100, SECOND / 2)).isZero();
        assertThat(pacer.take(100, SECOND)).isEqualTo(1);
        assertThat(pacer.take(100, SECOND)).isZero();
    }

    @Test
    void aLowerRateTakesAwayWhatWasSaved() {
        Pacer pacer = new Pacer(1_000_000, 0);
        pacer.setRate(100, 10 * SECOND);
        assertThat(pacer.take(1 << 16, 10 * SECOND)).isLessThanOrEqualTo(10);
    }

    @Test
    void aClockThatStandsStillOrGoesBackGivesNothing() {
        Pacer pacer = new Pacer(1000, 5 * SECOND);
        assertThat(pacer.take(100, 5 * SECOND)).isZero();
        assertThat(pacer.take(100, SECOND)).isZero();
    }

    @Test
    void ofSeveralTheSlowestCounts() {
        Pacer fast = new Pacer(Pacer.UNLIMITED, 0);
        Pacer middle = new Pacer(100_000, 0);
        Pacer slow = new Pacer(1000, 0);
        List<Pacer> all = List.of(fast, middle, slow);
        assertThat(Pacer.takeOfAll(all, 1 << 16, SECOND)).isEqualTo(100);
        assertThat(Pacer.takeOfAll(all, 1 << 16, SECOND)).isZero();
        // What the slow one did not let through was given back.
        assertThat(middle.take(1 << 16, SECOND)).isEqualTo(9_900);
    }

    @Test
    void theMeterKnowsTheLastTenSeconds() {
        Meter meter = new Meter(0);
        for (int second = 0; second < 20; second++) {
            meter.count(500, second * SECOND);
        }
        assertThat(meter.perSecond(20 * SECOND)).isEqualTo(500);
        assertThat(meter.perSecond(25 * SECOND)).isEqualTo(250);
        assertThat(meter.perSecond(100 * SECOND)).isZero();
    }
}
