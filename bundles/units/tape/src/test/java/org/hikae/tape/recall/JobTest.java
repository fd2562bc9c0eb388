package org.hikae.tape.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.hikae.api.job.CurrentProgress;
import org.hikae.api.media.spi.ObjectReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Recalls that last are jobs. */
class JobTest {

    private static final Limits SHOWN = new Limits(
            Lab.SLOT,
            16,
            8,
            64,
            1 << 20,
            Duration.ZERO,
            Duration.ofSeconds(1),
            Duration.ofMillis(50),
            Duration.ofSeconds(30));

    private final Lab lab = new Lab(2, SHOWN, 64 * Lab.SLOT);
    private final FakeTape tape = lab.tape("HK0001");
    private final byte[] bytes = lab.object("a", 30_000, tape);

    @AfterEach
    void close() {
        lab.close();
    }

    /** A reader that waits for the cartridge for so long that there is a job. */
    private CompletableFuture<byte[]> waiting(ObjectReader reader) {
        lab.mounts.remove("HK0001");
        lab.mounts.patient(true);
        CompletableFuture<byte[]> read = lab.go(() -> Lab.read(reader, 0, 30_000));
        Lab.until(() -> lab.mounts.waiting() == 1);
        lab.mounts.clock.addAndGet(Duration.ofSeconds(2).toNanos());
        Lab.until(() -> lab.jobs.started().size() == 1 && job().phase() != null);
        return read;
    }

    private FakeJobs.Running job() {
        return lab.jobs.started().get(0);
    }

    @Test
    void whatIsQuickIsNone() throws Exception {
        try (ObjectReader reader = lab.open("a")) {
            Lab.read(reader, 0, 30_000);
            Lab.until(lab::isIdle);
        }
        lab.recall.close();
        assertThat(lab.jobs.started()).isEmpty();
    }

    @Test
    void saysWhatIsWaitedForAndWhatWasRead() throws Exception {
        try (ObjectReader reader = lab.open("a")) {
            CompletableFuture<byte[]> read = waiting(reader);
            assertThat(job().kind).isEqualTo("recall");
            assertThat(job().subject).isEqualTo("cartridge HK0001");
            assertThat(job().phase()).contains("HK0001", "in no library");
            lab.mounts.bring("HK0001");
            assertThat(Lab.get(read)).isEqualTo(bytes);
            Lab.until(lab::isIdle);
            lab.mounts.clock.addAndGet(Duration.ofSeconds(2).toNanos());
            Lab.until(() -> job().result() != null);
            assertThat(job().result()).containsEntry("blocks", 8L).containsEntry("bytes", 30_000L);
            assertThat(job().phase()).contains("cartridge HK0001").doesNotContain("no library");
            assertThat(job().bytes).isEqualTo(30_000);
        }
    }

    /** Nobody is left who could ask for more, so nothing is waited for. */
    @Test
    void endsWithTheLastReader() throws Exception {
        ObjectReader reader = lab.open("a");
        ObjectReader other = lab.open("a");
        CompletableFuture<byte[]> read = waiting(reader);
        lab.mounts.bring("HK0001");
        assertThat(Lab.get(read)).isEqualTo(bytes);
        Lab.until(lab::isIdle);
        reader.close();
        reader.close();
        Lab.until(() -> job().phase().startsWith("waiting for more"));
        assertThat(job().result()).isNull();
        other.close();
        Lab.until(() -> job().result() != null);
    }

    /** Who runs a restore looks at that job, not at others. */
    @Test
    void whoWaitsTellsWhatItWorksFor() throws Exception {
        FakeJobs.Running restore = new FakeJobs.Running("restore", "x");
        lab.mounts.remove("HK0001");
        lab.mounts.patient(true);
        try (ObjectReader reader = lab.open("a")) {
            CompletableFuture<byte[]> read = lab.go(() -> {
                try (CurrentProgress.Entered entered = CurrentProgress.enter(restore)) {
                    return Lab.read(reader, 0, 30_000);
                }
            });
            Lab.until(() -> restore.waits.stream().anyMatch(what -> what.contains("HK0001 is in no library")));
            lab.mounts.bring("HK0001");
            assertThat(Lab.get(read)).isEqualTo(bytes);
            assertThat(restore.waits).last().isEqualTo("nothing");
        }
    }

    @Test
    void isCancelledWithAllWhoWait() throws Exception {
        try (ObjectReader reader = lab.open("a")) {
            CompletableFuture<byte[]> read = waiting(reader);
            job().cancel();
            assertThatThrownBy(() -> Lab.get(read))
                    .hasMessageContainingAll("cartridge HK0001", "cancelled by the test");
            Lab.until(() -> job().failure() instanceof CancellationException);
            Lab.until(() -> lab.mounts.waiting() == 0);
            lab.mounts.bring("HK0001");
            assertThat(Lab.read(reader, 0, 30_000)).isEqualTo(bytes);
        }
    }

    @Test
    void isShownAgainIfSomebodyWaitsAgain() throws Exception {
        try (ObjectReader reader = lab.open("a")) {
            CompletableFuture<byte[]> read = waiting(reader);
            job().cancel();
            assertThatThrownBy(() -> Lab.get(read)).hasMessageContaining("cancelled by the test");
            // whoever waited for the cartridge would be taken for who waits again
            Lab.until(() -> lab.mounts.waiting() == 0);
            CompletableFuture<byte[]> again = lab.go(() -> Lab.read(reader, 0, 30_000));
            Lab.until(() -> lab.mounts.waiting() == 1);
            lab.mounts.clock.addAndGet(Duration.ofSeconds(2).toNanos());
            Lab.until(() -> lab.jobs.started().size() == 2);
            lab.mounts.bring("HK0001");
            assertThat(Lab.get(again)).isEqualTo(bytes);
        }
    }

    @Test
    void failsWithTheCartridge() throws Exception {
        try (ObjectReader reader = lab.open("a")) {
            CompletableFuture<byte[]> read = waiting(reader);
            lab.mounts.patient(false);
            assertThatThrownBy(() -> Lab.get(read)).hasMessageContaining("in no library");
            Lab.until(() -> job().failure() != null);
            assertThat(job().failure()).hasMessageContaining("in no library");
        }
    }

    @Test
    void endsWithTheUnit() throws Exception {
        ObjectReader reader = lab.open("a");
        CompletableFuture<byte[]> read = waiting(reader);
        lab.recall.close();
        assertThatThrownBy(() -> Lab.get(read)).hasMessageContaining("tape control ends");
        Lab.until(() -> job().result() != null);
    }
}
