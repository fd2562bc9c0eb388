package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hikae.api.backup.TapeJobs;
import org.hikae.api.job.Job;
import org.hikae.api.job.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copying generations to tape, verifying them there, and evicting them, as jobs. */
class TapeWriteTest {

    private static final String CUT = "a write error at block 7";

    private final TapeJobsFixture all = new TapeJobsFixture();
    private final FakeTier tier = all.tier;

    /** A chain of three, and one by itself. */
    @BeforeEach
    void generations() {
        String parent = all.add(null, Duration.ofDays(4));
        parent = all.add(parent, Duration.ofDays(3));
        all.add(parent, Duration.ofDays(2));
        all.add(null, Duration.ofDays(1));
    }

    @AfterEach
    void nothingIsHeldAnyMore() {
        assertThat(all.store.objects.held).hasValue(0);
    }

    private static TapeJobs.Write write(String... generations) {
        return new TapeJobs.Write(List.of(generations), "p", false, false, 1);
    }

    private Job job(TapeJobs.Write request) throws IOException {
        return all.unit.write(request);
    }

    @Test
    void allThatItBuildsUponIsWrittenBeforeIt() throws Exception {
        Job job = job(write("d@3"));
        assertThat(TapeJobsFixture.result(job))
                .isEqualTo(Map.of(
                        "written", "d@1, d@2, d@3", "objects", 9L, "bytes", 93L, "present", 0L, "cartridges", "P01"));
        assertThat(tier.copied)
                .containsExactly(
                        "d@1/data.00.0000",
                        "d@1/index",
                        "d@1/manifest",
                        "d@2/data.00.0000",
                        "d@2/index",
                        "d@2/manifest",
                        "d@3/data.00.0000",
                        "d@3/index",
                        "d@3/manifest");
        assertThat(all.jobs.started.get(0).subject()).isEqualTo("tape-write d@3 to pool p");
        assertThat(tier.has(FakeObjects.medium("m"), "d@2/manifest", FakeObjects.content("d@2/manifest", 20)))
                .isTrue();
    }

    @Test
    void aloneItIsWrittenByItself() throws Exception {
        TapeJobsFixture.result(job(new TapeJobs.Write(List.of("d@3"), "p", true, false, 1)));
        assertThat(tier.copied).allMatch(name -> name.startsWith("d@3/")).hasSize(3);
    }

    @Test
    void whatIsThereIsLeftOutAndWrittenAgainIfThatIsAskedFor() throws Exception {
        TapeJobsFixture.result(job(write("d@1")));
        assertThat(TapeJobsFixture.result(job(write("d@2"))))
                .containsEntry("objects", 3L)
                .containsEntry("present", 3L);
        tier.copied.clear();
        TapeJobsFixture.result(job(new TapeJobs.Write(List.of("d@2"), "p", false, true, 1)));
        assertThat(tier.copied).hasSize(3).allMatch(name -> name.startsWith("d@2/"));
        TapeJobsFixture.result(job(new TapeJobs.Write(List.of("d@2"), "other", false, false, 1)));
        assertThat(tier.copied).hasSize(9);
    }

    @Test
    void whatCannotBeWholeIsSaidAtOnce() {
        all.store.add("d@9", TapeJobsFixture.NOON);
        String damaged = all.store.add(null, TapeJobsFixture.NOON, null, "its manifest is torn");
        String child = all.store.add(damaged, TapeJobsFixture.NOON);
        assertThatThrownBy(() -> job(write("d@77"))).hasMessageContaining("'d@77'");
        assertThatThrownBy(() -> job(write(damaged)))
                .hasMessage("generation d@6 cannot be written to tape: its manifest is torn");
        assertThatThrownBy(() -> job(write(child)))
                .hasMessage(
                        "generation d@7 builds upon d@6, which cannot be written to tape: its manifest is torn; with"
                                + " --alone it is written by itself");
        assertThatThrownBy(() -> write("d@1").generations().add("x")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> new TapeJobs.Write(List.of("d@1"), "a b", false, false, 1))
                .hasMessageContaining("'a b' cannot be the name of a pool");
        assertThatThrownBy(() -> new TapeJobs.Write(List.of("d@1"), "p", false, false, 65))
                .hasMessageContaining("from 1 to 64 drives");
        all.unit.unbindTier(tier);
        assertThatThrownBy(() -> job(write("d@1"))).hasMessageContaining("tape control is not there");
        assertThat(all.jobs.started).isEmpty();
    }

    @Test
    void oneThatCannotBeReadKeepsNoOtherFromBeingWritten() throws Exception {
        all.store.objects.unreadable.add("d@2/index");
        Throwable failure = TapeJobsFixture.failure(job(write("d@3", "d@4")));
        assertThat(failure)
                .isInstanceOf(IOException.class)
                .hasMessage("generation d@2 was not written: bad sector; written: d@1, d@3, d@4");
        assertThat(all.isOnTape("d@1")).isTrue();
        assertThat(all.isOnTape("d@2")).isFalse();
        assertThat(all.isOnTape("d@4")).isTrue();
    }

    /** It was written before the one that could not be read, and was not read back yet. */
    @Test
    void whatWasWrittenBeforeCountsOnlyIfItReadsRight() throws Exception {
        all.store.objects.unreadable.add("d@2/index");
        tier.rotten.add("d@1/index");
        assertThat(TapeJobsFixture.failure(job(write("d@2"))))
                .hasMessageContaining("generation d@1 was not written: its copies are not what was to be copied");
    }

    @Test
    void oneThatIsRemovedBeforeItsTurnIsNamed() {
        TapeTally tally = new TapeTally();
        assertThatCode(() ->
                        new TapeWriting(all.store, tier, "p", tally).run(List.of("d@55", "d@4"), false, Progress.NONE))
                .doesNotThrowAnyException();
        assertThatThrownBy(tally::check)
                .hasMessage("generation d@55 was not written: there is no generation 'd@55'; written: d@4");
    }

    @Test
    void aTapeThatCannotBeWrittenEndsIt() throws Exception {
        tier.watch = source -> {
            if (source.name().equals("d@2/index")) {
                throw new IOException(CUT);
            }
        };
        assertThat(TapeJobsFixture.failure(job(write("d@3", "d@4")))).hasMessage(CUT);
        assertThat(tier.copied).hasSize(4);
    }

    @Test
    void aCancelledOneStopsAtOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        tier.watch = source -> {
            begun.countDown();
            await(cancelled);
        };
        Job job = job(write("d@3"));
        await(begun);
        job.cancel();
        cancelled.countDown();
        assertThat(TapeJobsFixture.failure(job)).isInstanceOf(CancellationException.class);
        assertThat(tier.copied).hasSize(1);
    }

    @Test
    void severalDrivesWriteAtTheSameTime() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        tier.watch = source -> {
            if (source.name().endsWith("/manifest")) {
                meet(both);
            }
        };
        Job job = job(new TapeJobs.Write(List.of("d@1", "d@4"), "p", true, false, 2));
        assertThat(TapeJobsFixture.result(job)).containsEntry("objects", 6L).containsEntry("bytes", 62L);
        TestJobs.TestJob progress = (TestJobs.TestJob) job;
        assertThat(progress.total).hasValue(62);
        assertThat(progress.done).hasValue(62);
    }

    @Test
    void ofSeveralDrivesOneThatFailsLeavesTheOthersWriting() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        tier.watch = source -> {
            if (source.name().startsWith("d@4/")) {
                failed.countDown();
                throw new IOException(CUT);
            }
            await(failed);
        };
        assertThat(TapeJobsFixture.failure(job(new TapeJobs.Write(List.of("d@1", "d@4"), "p", true, false, 2))))
                .hasMessage(CUT);
        assertThat(all.isOnTape("d@1")).isTrue();
        assertThat(all.isOnTape("d@4")).isFalse();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
