package org.hikae.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationSurvey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A medium that does not answer any more holds up nobody who does not need it. */
@Timeout(60)
class HungMediumTest extends StoreTestBase {

    private final CountDownLatch released = new CountDownLatch(1);

    @BeforeEach
    void hang() throws IOException {
        store.close();
        store = new GenerationStore(media, home, 1, 1 << 30, Duration.ofMillis(300));
        make();
        backup.make(store, "logs", all, null, true);
        logs.fault = what -> {
            try {
                assertThat(released.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        };
    }

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void theOthersAreListedAndBackedUpTo() throws IOException {
        for (int round = 0; round < 2; round++) {
            GenerationSurvey survey = store.survey();
            assertThat(survey.generations()).extracting(GenerationInfo::id).containsExactly("data@1");
            assertThat(survey.unread()).hasSize(1);
            assertThat(survey.unread().get(0).medium()).isEqualTo("logs");
            assertThat(survey.unread().get(0).problem()).contains("has not answered for");
        }
        checkContent("data@1");
        GenerationInfo next = make();
        assertThat(next.id()).isEqualTo("data@3");
        store.remove("data@3");
        assertThatThrownBy(() -> store.open("data@2"))
                .hasMessageContaining("there is no generation 'data@2'")
                .hasMessageContaining("media that cannot be used now: logs");
    }

    /** It is asked once, and no thread after thread hangs on it. */
    @Test
    void itIsNotAskedAgainUntilItAnswers() throws IOException {
        store.survey();
        long threads = hangingThreads();
        for (int i = 0; i < 20; i++) {
            store.survey();
        }
        assertThat(hangingThreads()).isEqualTo(threads).isEqualTo(1);
    }

    private static long hangingThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("hikae-roll-call"))
                .filter(thread -> java.util.Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().endsWith("HungMediumTest")))
                .count();
    }

    @Test
    void itIsThereAgainWhenItAnswers() throws IOException {
        assertThat(store.survey().unread()).hasSize(1);
        released.countDown();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!store.survey().unread().isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
        assertThat(store.survey().generations()).hasSize(2);
        checkContent("data@2");
    }
}
