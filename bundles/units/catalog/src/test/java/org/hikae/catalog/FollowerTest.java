package org.hikae.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FollowerTest {

    private final Semaphore steps = new Semaphore(0);

    private boolean follows() throws InterruptedException {
        return steps.tryAcquire(20, TimeUnit.SECONDS);
    }

    @Test
    void changesThatComeTogetherAreOneReason() throws InterruptedException {
        Follower follower = new Follower(Duration.ofMillis(100), steps::release);
        for (int i = 0; i < 1000; i++) {
            follower.changed();
        }
        assertThat(follows()).isTrue();
        assertThat(steps.availablePermits()).isLessThan(900);
        follower.changed();
        assertThat(follows()).isTrue();
        follower.close();
        follower.changed();
    }

    @Test
    void whatFailsOnceIsTriedAgain() throws InterruptedException {
        Follower follower = new Follower(Duration.ZERO, () -> {
            steps.release();
            if (steps.availablePermits() % 2 == 0) {
                throw new IOException("no");
            }
            throw new IllegalStateException("not at all");
        });
        for (int i = 0; i < 3; i++) {
            follower.changed();
            assertThat(follows()).isTrue();
        }
        follower.close();
    }

    @Test
    void whatIsDueWhenItEndsIsLeft() {
        Follower follower = new Follower(Duration.ofHours(1), steps::release);
        follower.changed();
        follower.close();
        assertThat(steps.availablePermits()).isZero();
    }
}
