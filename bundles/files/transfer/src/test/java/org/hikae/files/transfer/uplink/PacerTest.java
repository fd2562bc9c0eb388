package org.hikae.files.transfer.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacerTest {
    private static final long SECOND = 1_000_000_000L;

    /** Around there the platform's clock may stand, and overflow. */
    private static final long[] STARTS = {0, -5 * SECOND, Long.MAX_VALUE - SECOND, Long.MIN_VALUE};

    /** Sends as fast as it may for some time. */
    private static long sent(Pacer pacer, long from, long nanos) {
        long bytes = 0;
        long now = from;
        while (now - from < nanos) {
            long delay = pacer.delay(now);
            if (delay == 0) {
                int slice = pacer.slice();
                pacer.sent(slice, now);
                bytes += slice;
            }
            now += Math.max(delay, 1);
        }
        return bytes;
    }

    @Test
    void keepsToARateWheneverItBegins() {
        for (long start : STARTS) {
            for (long rate : new long[] {1 << 10, 1_000_000, 100_000_000}) {
                long sent = sent(new Pacer(rate, start), start, 20 * SECOND);
                assertThat(sent).isCloseTo(20 * rate, within(rate / 5 + (1 << 16)));
            }
        }
    }

    @Test
    void makesUpForNothing() {
        Pacer pacer = new Pacer(1000, 0);
        assertThat(sent(pacer, 3600 * SECOND, 10 * SECOND)).isLessThanOrEqualTo(12_000);
    }

    @Test
    void followsANewRateAtOnce() {
        Pacer pacer = new Pacer(1, 0);
        pacer.sent(pacer.slice(), 0);
        assertThat(pacer.delay(0)).isEqualTo(64 * SECOND);
        pacer.rate(64, 0);
        assertThat(pacer.delay(0)).isEqualTo(SECOND);
        pacer.rate(0, 0);
        assertThat(pacer.delay(0)).isZero();
        assertThat(pacer.slice()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void backsOffFurtherAndFurtherButNotForEver() {
        Duration longest = Duration.ofMinutes(15);
        Backoff backoff = new Backoff(Duration.ofSeconds(1), longest, new Random(3));
        Duration limit = Duration.ofSeconds(1);
        Duration sum = Duration.ZERO;
        for (int i = 0; i < 1000; i++) {
            Duration wait = backoff.next();
            assertThat(wait).isPositive().isLessThanOrEqualTo(limit);
            limit = limit.multipliedBy(2).compareTo(longest) < 0 ? limit.multipliedBy(2) : longest;
            sum = sum.plus(wait);
        }
        assertThat(sum.dividedBy(1000)).isBetween(Duration.ofMinutes(6), Duration.ofMinutes(9));
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }
}
