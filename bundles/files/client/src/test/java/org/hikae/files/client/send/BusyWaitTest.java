package org.hikae.files.client.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.uplink.RefusedException;
import org.junit.jupiter.api.Test;

class BusyWaitTest {

    private final List<Long> slept = new ArrayList<>();
    private final BusyWait wait = new BusyWait(slept::add);

    private static RefusedException busy(Duration after) {
        return new RefusedException(503, new ErrorReply(ErrorReply.BUSY, "later"), after);
    }

    @Test
    void asLongAsTheCenterSaysAndNotForEver() throws IOException {
        for (int i = 0; i < 30; i++) {
            wait.await(busy(Duration.ofSeconds(3)));
        }
        assertThat(slept).allMatch(millis -> millis >= 3500 && millis <= 4000);
        for (int i = 0; i < 2; i++) {
            RefusedException far = busy(Duration.ofSeconds(60));
            assertThatThrownBy(() -> wait.await(far)).isSameAs(far);
        }
        assertThat(slept).hasSize(30);
    }

    @Test
    void aCenterThatSaysNothingIsNotAskedInALoop() throws IOException {
        wait.await(busy(Duration.ZERO));
        assertThat(slept).singleElement().satisfies(millis -> assertThat(millis).isGreaterThanOrEqualTo(500));
    }
}
