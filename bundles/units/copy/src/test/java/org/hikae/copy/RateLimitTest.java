package org.hikae.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import org.hikae.api.job.Progress;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final Progress CANCELLED = new Progress() {
        @Override
        public void phase(String phase) {}

        @Override
        public void total(long bytes) {}

        @Override
        public void advance(long bytes) {}

        @Override
        public void check() {
            throw new CancellationException();
        }

        @Override
        public void onCancel(Runnable action) {}
    };

    @Test
    void noMorePassesThanTheLimitAndItsBurst() {
        RateLimit limit = new RateLimit(10_000_000, Progress.NONE);
        long start = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            limit.pass(1_000_000);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(10_000_000 / seconds).isLessThan(14_000_000);
    }

    @Test
    void aCancelledWaitEnds() {
        RateLimit limit = new RateLimit(1, CANCELLED);
        assertThatThrownBy(() -> limit.pass(Long.MAX_VALUE / 4)).isInstanceOf(CancellationException.class);
    }
}
