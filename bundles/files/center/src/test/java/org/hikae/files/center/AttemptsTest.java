package org.hikae.files.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    @Test
    void whatIsMissingWhenAPlatformStartsIsTriedAgainUntilItIsThere() throws Exception {
        AtomicInteger made = new AtomicInteger();
        CountDownLatch works = new CountDownLatch(1);
        try (Attempts attempts = new Attempts(() -> {
            if (made.incrementAndGet() < 3) {
                throw new IOException("no driver");
            }
            works.countDown();
        })) {
            attempts.soon();
            works.await();
            Lab.await(() -> attempts.problem() == null);
            assertThat(attempts.waiting()).isZero();
        }
        assertThat(made).hasValue(3);
    }

    @Test
    void howeverManyReasonsThereAreOneAttemptIsWaitedForAtMost() throws Exception {
        AtomicInteger made = new AtomicInteger();
        try (Attempts attempts = new Attempts(() -> {
            made.incrementAndGet();
            throw new IOException("no driver");
        })) {
            for (int i = 0; i < 1000; i++) {
                attempts.soon();
                assertThat(attempts.waiting()).isLessThanOrEqualTo(1);
            }
            int before = made.get();
            Lab.await(() -> made.get() >= before + 2);
            assertThat(attempts.waiting()).isLessThanOrEqualTo(1);
            assertThat(attempts.problem()).contains("no driver");
        }
    }

    /** A driver that comes is a reason to try at once, however long the pause has become. */
    @Test
    void aReasonEndsThePause() throws Exception {
        AtomicInteger made = new AtomicInteger();
        try (Attempts attempts = new Attempts(() -> {
            made.incrementAndGet();
            throw new IOException("no driver");
        })) {
            attempts.soon();
            for (int i = 1; i <= 5; i++) {
                int before = i;
                Lab.await(() -> made.get() >= before);
                attempts.soon();
            }
            Lab.await(() -> made.get() >= 6);
        }
    }
}
