package org.hikae.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final RateLimit.Check CANCELLED = () -> {
        throw new CancellationException();
    };

    @Test
    void noMorePassesThanTheLimitAndItsBurst() throws IOException {
        RateLimit limit = new RateLimit(10_000_000, Time.SYSTEM);
        long start = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            limit.pass(1_000_000, () -> true);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(10_000_000 / seconds).isLessThan(14_000_000);
    }

    @Test
    void aCancelledWaitEnds() {
        RateLimit limit = new RateLimit(1, Time.SYSTEM);
        assertThatThrownBy(() -> limit.pass(Long.MAX_VALUE / 4, CANCELLED)).isInstanceOf(CancellationException.class);
    }
}
