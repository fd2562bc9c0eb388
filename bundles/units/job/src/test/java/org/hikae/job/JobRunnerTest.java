package org.hikae.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.api.job.JobInfo.State.CANCELLED;
import static org.hikae.api.job.JobInfo.State.DONE;
import static org.hikae.api.job.JobInfo.State.FAILED;
import static org.hikae.api.job.JobInfo.State.RUNNING;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.hikae.api.job.CurrentProgress;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs.Work;
import org.hikae.api.job.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class JobRunnerTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private JobRunner runner;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @BeforeEach
    void open() throws IOException {
        runner = new JobRunner(new JobFiles(folder), 1000, InstantSource.system(), System::nanoTime);
    }

    private Job start(Work work) throws IOException {
        return runner.start("backup", "data", work);
    }

    private JobInfo run(Work work) throws Exception {
        Job job = start(work);
        assertThat(job.await(LONG)).isTrue();
        assertThat(runner.get(job.id())).isEqualTo(job.info());
        return job.info();
    }

    private Map<String, Object> untilCancelled(Progress progress) throws InterruptedException {
        begun.countDown();
        assertThat(mayEnd.await(20, TimeUnit.SECONDS)).isTrue();
        progress.check();
        return Map.of();
    }

    @Test
    void runsOnADaemonThreadOfItsOwnThatTellsWhatItDoes() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        JobInfo info = run(progress -> {
            thread.set(Thread.currentThread());
            return Map.of();
        });
        assertThat(thread.get().isDaemon()).isTrue();
        assertThat(thread.get().getName()).isEqualTo("hikae-job-1 backup data");
        assertThat(info.state()).isEqualTo(DONE);
    }

    @Test
    void doesNotInheritTheStartersThreadLocals() throws Exception {
        InheritableThreadLocal<String> streams = new InheritableThreadLocal<>();
        streams.set("the shell's");
        AtomicReference<String> seen = new AtomicReference<>("?");
        run(progress -> {
            seen.set(streams.get());
            return Map.of();
        });
        assertThat(seen.get()).isNull();
    }

    /** What waits far below can be cancelled without being given the progress. */
    @Test
    void itsThreadWorksForItsProgress() throws Exception {
        Job job = start(progress -> {
            assertThat(CurrentProgress.get()).isSameAs(progress);
            try (CurrentProgress.Entered other = CurrentProgress.enter(Progress.NONE)) {
                assertThat(CurrentProgress.get()).isSameAs(Progress.NONE);
            }
            return untilCancelled(CurrentProgress.get());
        });
        begun.await();
        job.cancel();
        mayEnd.countDown();
        assertThat(job.await(Duration.ofSeconds(20))).isTrue();
        assertThat(job.info().state()).as("%s", job.info()).isEqualTo(CANCELLED);
        assertThat(CurrentProgress.get()).isSameAs(Progress.NONE);
    }

    @Test
    void showsWhatItWaitsForInPlaceOfWhatItDoes() throws Exception {
        Job job = start(progress -> {
            progress.phase("restoring");
            progress.total(100);
            progress.advance(10);
            progress.waiting("cartridge X is in no library");
            return untilCancelled(progress);
        });
        begun.await();
        JobInfo waiting = job.info();
        assertThat(waiting.phase()).isEqualTo("cartridge X is in no library");
        assertThat(waiting.doneBytes()).isEqualTo(10);
        assertThat(waiting.bytesPerSecond()).isZero();
        assertThat(waiting.etaSeconds()).isEqualTo(-1);
        job.cancel();
        mayEnd.countDown();
        assertThat(job.await(Duration.ofSeconds(20))).isTrue();
        assertThat(job.info().phase()).isEqualTo("restoring");
    }

    @Test
    void showsProgressWhileRunning() throws Exception {
        Job job = start(progress -> {
            progress.phase("copying");
            progress.total(10L << 40);
            progress.advance(3L << 40);
            progress.advance(1L << 40);
            return untilCancelled(progress);
        });
        begun.await();
        assertThat(job.await(Duration.ZERO)).isFalse();
        JobInfo info = runner.get(job.id());
        assertThat(info.state()).isEqualTo(RUNNING);
        assertThat(info.phase()).isEqualTo("copying");
        assertThat(info.doneBytes()).isEqualTo(4L << 40);
        assertThat(info.totalBytes()).isEqualTo(10L << 40);
        assertThat(info.ended()).isNull();
        assertThat(runner.list()).hasSize(1);
        assertThat(runner.running()).hasSize(1);
        mayEnd.countDown();
        job.await(LONG);
        assertThat(runner.running()).isEmpty();
        assertThat(job.info().state()).isEqualTo(DONE);
        assertThat(job.info().ended()).isAfterOrEqualTo(job.info().started());
    }

    @Test
    void keepsTheResultAsPlainValues() throws Exception {
        JobInfo info = run(progress -> Map.of("generation", "data@1", "blocks", 7, "ratio", 1.5f, "id", List.of(1, 2)));
        assertThat(info.result())
                .containsOnly(
                        Map.entry("generation", "data@1"),
                        Map.entry("blocks", 7L),
                        Map.entry("ratio", 1.5),
                        Map.entry("id", "[1, 2]"));
    }

    @Nested
    class Failures {

        @Test
        void keepTheMessage() throws Exception {
            JobInfo info = run(progress -> {
                throw new IOException("the medium m is full");
            });
            assertThat(info.state()).isEqualTo(FAILED);
            assertThat(info.reason()).isEqualTo("the medium m is full");
            assertThat(info.result()).isEmpty();
        }

        @Test
        void addTheRootCause() throws Exception {
            JobInfo info = run(progress -> {
                throw new IOException("data@3 cannot be sealed", new IOException("x", new NoSuchFileException("/m/a")));
            });
            assertThat(info.reason()).isEqualTo("data@3 cannot be sealed: /m/a: no such file or folder");
        }

        @Test
        void errorsEndTheJobToo() throws Exception {
            JobInfo info = run(progress -> {
                throw new OutOfMemoryError("Java heap space");
            });
            assertThat(info.state()).isEqualTo(FAILED);
            assertThat(info.reason()).isEqualTo("out of memory (Java heap space)");
        }

        @Test
        void aWorkWithoutResultHasFailed() throws Exception {
            assertThat(run(progress -> null).state()).isEqualTo(FAILED);
        }

        @Test
        void aCancellationThatNobodyAskedForIsAFailure() throws Exception {
            JobInfo info = run(progress -> {
                throw new java.util.concurrent.CancellationException("lost");
            });
            assertThat(info.state()).isEqualTo(FAILED);
        }
    }

    @Nested
    class Cancelling {

        @Test
        void endsTheJobByItsCheck() throws Exception {
            Job job = start(JobRunnerTest.this::untilCancelled);
            begun.await();
            runner.cancel(job.id());
            assertThat(job.info().state()).isEqualTo(RUNNING);
            mayEnd.countDown();
            assertThat(job.await(LONG)).isTrue();
            assertThat(job.info().state()).isEqualTo(CANCELLED);
            assertThat(job.info().reason()).isEqualTo("cancelled on request");
        }

        @Test
        void findsACancellationThatCameThroughAnotherThread() throws Exception {
            Job job = start(progress -> {
                try {
                    return untilCancelled(progress);
                } catch (java.util.concurrent.CancellationException e) {
                    throw new java.util.concurrent.ExecutionException(e);
                }
            });
            begun.await();
            job.cancel();
            mayEnd.countDown();
            job.await(LONG);
            assertThat(job.info().reason()).isEqualTo("cancelled on request");
        }

        @Test
        void keepsWhatTheWorkAddsToTheReason() throws Exception {
            Job job = start(progress -> {
                try {
                    return untilCancelled(progress);
                } catch (java.util.concurrent.CancellationException e) {
                    throw new java.util.concurrent.CancellationException(e.getMessage() + "; half is done");
                }
            });
            begun.await();
            job.cancel();
            mayEnd.countDown();
            job.await(LONG);
            assertThat(job.info().state()).isEqualTo(CANCELLED);
            assertThat(job.info().reason()).isEqualTo("cancelled on request; half is done");
        }

        @Test
        void saysWhatWentWrongWhileStopping() throws Exception {
            Job job = start(progress -> {
                untilCancelled(Progress.NONE);
                throw new IOException("closed");
            });
            begun.await();
            job.cancel();
            mayEnd.countDown();
            job.await(LONG);
            assertThat(job.info().state()).isEqualTo(CANCELLED);
            assertThat(job.info().reason()).isEqualTo("cancelled on request; while stopping: closed");
        }

        @Test
        void comesTooLateForAJobThatIsDone() throws Exception {
            Job job = start(progress -> untilCancelled(Progress.NONE));
            begun.await();
            job.cancel();
            mayEnd.countDown();
            job.await(LONG);
            assertThat(job.info().state()).isEqualTo(DONE);
            job.cancel();
            assertThat(job.info().state()).isEqualTo(DONE);
            assertThatThrownBy(() -> runner.cancel(job.id()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("job 1 cannot be cancelled: it has ended (done)");
        }

        @Test
        void runsTheActionsOnceAndLaterOnesAtOnce() throws Exception {
            AtomicInteger ran = new AtomicInteger();
            Job job = start(progress -> {
                progress.onCancel(ran::incrementAndGet);
                progress.onCancel(() -> {
                    throw new IllegalStateException("of the action");
                });
                progress.onCancel(ran::incrementAndGet);
                begun.countDown();
                mayEnd.await();
                progress.onCancel(ran::incrementAndGet);
                progress.check();
                return Map.of();
            });
            begun.await();
            assertThat(ran).hasValue(0);
            job.cancel();
            job.cancel();
            assertThat(ran).hasValue(2);
            mayEnd.countDown();
            job.await(LONG);
            assertThat(ran).hasValue(3);
            assertThat(job.info().state()).isEqualTo(CANCELLED);
        }

        @Test
        void theFirstReasonIsTold() throws Exception {
            Job job = start(JobRunnerTest.this::untilCancelled);
            begun.await();
            runner.cancel(job.id(), "the platform was stopped");
            job.cancel();
            mayEnd.countDown();
            assertThat(job.await(LONG)).isTrue();
            assertThat(job.info().reason()).isEqualTo("the platform was stopped");
        }

        @Test
        void ofWhatIsNotThereIsRefused() {
            assertThatThrownBy(() -> runner.cancel(77))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("there is no job 77");
        }
    }

    @Nested
    class Closing {

        @Test
        void cancelsAndWaits() throws Exception {
            CountDownLatch cancelled = new CountDownLatch(1);
            Job job = start(progress -> {
                progress.onCancel(cancelled::countDown);
                begun.countDown();
                cancelled.await();
                progress.check();
                return Map.of();
            });
            begun.await();
            runner.close(LONG);
            assertThat(job.await(Duration.ZERO)).isTrue();
            assertThat(job.info().reason()).isEqualTo("the platform was stopped");
            assertThatThrownBy(() -> start(progress -> Map.of())).isInstanceOf(IOException.class);
        }

        @Test
        void givesUpAJobThatDoesNotStopAndLeavesItsRecordAlone() throws Exception {
            Job job = start(JobRunnerTest.this::untilCancelled);
            begun.await();
            runner.close(Duration.ofMillis(50));
            JobFiles files = new JobFiles(folder);
            assertThat(files.read(job.id()).state()).isEqualTo(RUNNING);
            mayEnd.countDown();
            assertThat(job.await(LONG)).isTrue();
            assertThat(files.read(job.id()).state()).isEqualTo(RUNNING);
        }

        @Test
        void anInterruptEndsTheWaitAndIsKept() throws Exception {
            Job job = start(JobRunnerTest.this::untilCancelled);
            begun.await();
            Thread.currentThread().interrupt();
            runner.close(LONG);
            assertThat(Thread.interrupted()).isTrue();
            mayEnd.countDown();
            assertThat(job.await(LONG)).isTrue();
        }
    }
}
