package org.hikae.files.center.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.files.center.common.CommonArea;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Media that are opened, and stay open. */
@Timeout(60)
class OpenMediaTest {

    /** Nobody waits for one that has failed, whatever its driver did. */
    @Test
    void aMediumWhoseDriverIsBrokenDoesNotHangAndIsTriedAgain() throws IOException {
        AtomicInteger tries = new AtomicInteger();
        CommonArea medium = new CommonArea("m", new CrashMedium(), null, problem -> {});
        try (OpenMedia media = new OpenMedia(
                name -> {
                    if (tries.getAndIncrement() == 0) {
                        throw new AssertionError("this never happens");
                    }
                    return medium;
                },
                Duration.ofMinutes(10))) {
            assertThatThrownBy(() -> media.get("m", true))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("this never happens");
            assertThat(media.get("m", true)).isSameAs(medium);
        }
    }
}
