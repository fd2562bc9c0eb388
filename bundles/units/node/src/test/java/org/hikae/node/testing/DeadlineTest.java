package org.hikae.node.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    @Test
    void whatIsDoneInTimePasses() {
        assertThatCode(() -> Deadline.meet(Duration.ofMinutes(1), () -> {})).doesNotThrowAnyException();
    }

    @Test
    void whatFailsInTimeFails() {
        assertThatThrownBy(() -> Deadline.meet(Duration.ofMinutes(1), () -> {
                    throw new IOException("broken");
                }))
                .hasRootCauseMessage("broken");
    }

    @Test
    void whatHangsTellsWhere() {
        CountDownLatch never = new CountDownLatch(1);
        assertThatThrownBy(() -> Deadline.meet(Duration.ofMillis(100), () -> waitForEver(never)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("waitForEver");
    }

    private static void waitForEver(CountDownLatch latch) throws InterruptedException {
        latch.await();
    }
}
