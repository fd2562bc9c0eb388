package org.hikae.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.api.job.JobInfo.State.CANCELLED;
import static org.hikae.api.job.JobInfo.State.DONE;
import static org.hikae.api.job.JobInfo.State.FAILED;
import static org.hikae.api.job.JobInfo.State.INTERRUPTED;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that stand still (f.1). */
@Timeout(30)
class PauseTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayPass = new CountDownLatch(1);
    private final AtomicInteger passed = new AtomicInteger();
    /** How often the work was asked while it stood. */
    private final AtomicInteger asked = new AtomicInteger();
    /** Whether the work has nothing to go on to. */
    private volatile boolean pointless;

    private JobRunner runner;
    private Job job;

    @BeforeEach
    void start() throws Exception {
        runner = new JobRunner(new JobFiles(folder), 1000, InstantSource.system(), now::get);
        job = runner.start("backup", "data", this::work);
        begun.await();
    }

    @AfterEach
    void end() throws InterruptedException {
        job.cancel();
        mayPass.countDown();
        assertThat(job.await(LONG)).isTrue();
    }

    private Map<String, Object> work(Progress progress) throws Exception {
        progress.total(100);
        begun.countDown();
        assertThat(mayPass.await(20, TimeUnit.SECONDS)).isTrue();
        progress.pass(this::check);
        passed.incrementAndGet();
        return Map.of();
    }

    private void check() throws IOException {
        asked.incrementAndGet();
        if (pointless) {
            throw new IOException("the log is lost");
        }
    }

    private Thread worker() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("hikae-job-1 backup data"))
                .findFirst()
                .orElseThrow();
    }

    /** The job has come to where it can stand still, and stands. */
    private void pauseAndAwait() throws IOException {
        runner.pause(job.id());
        mayPass.countDown();
        awaitAsked(1);
        assertThat(passed).hasValue(0);
    }

    private void awaitAsked(int times) {
        int all = asked.get() + times;
        Awaitility.await().until(() -> asked.get() >= all);
    }

    @Test
    void standsStillAndGoesOn() throws Exception {
        assertThat(job.info().paused()).isFalse();
        pauseAndAwait();
        assertThat(job.info().paused()).isTrue();
        assertThat(runner.get(job.id()).paused()).isTrue();
        runner.resume(job.id());
        assertThat(job.await(LONG)).isTrue();
        assertThat(passed).hasValue(1);
        assertThat(job.info().state()).isEqualTo(DONE);
        assertThat(job.info().paused()).isFalse();
    }

    @Test
    void resumedBeforeItStandsItNeverDoes() throws Exception {
        job.pause();
        job.resume();
        mayPass.countDown();
        assertThat(job.await(LONG)).isTrue();
        assertThat(job.info().state()).isEqualTo(DONE);
    }

    @Test
    void cancelledWhileItStandsItEnds() throws Exception {
        pauseAndAwait();
        runner.cancel(job.id());
        assertThat(job.await(LONG)).isTrue();
        assertThat(job.info().state()).isEqualTo(CANCELLED);
        assertThat(job.info().paused()).isFalse();
        assertThat(passed).hasValue(0);
    }

    @Test
    void whatHasNothingToGoOnToEndsWhileItStands() throws Exception {
        pauseAndAwait();
        pointless = true;
        assertThat(job.await(LONG)).isTrue();
        assertThat(job.info().state()).isEqualTo(FAILED);
        assertThat(job.info().reason()).isEqualTo("the log is lost");
        assertThat(passed).hasValue(0);
    }

    @Test
    void aPlatformThatStopsEndsIt() throws Exception {
        pauseAndAwait();
        runner.close(LONG);
        assertThat(job.info().state()).isEqualTo(CANCELLED);
        assertThat(job.info().reason()).isEqualTo("the platform was stopped");
    }

    @Test
    void anInterruptDoesNotEndThePause() throws Exception {
        pauseAndAwait();
        Thread worker = worker();
        worker.interrupt();
        awaitAsked(2);
        assertThat(worker.isInterrupted()).isFalse();
        assertThat(passed).hasValue(0);
        runner.resume(job.id());
        assertThat(job.await(LONG)).isTrue();
        assertThat(job.info().state()).isEqualTo(DONE);
    }

    @Test
    void theTimeInWhichItStoodDoesNotCount() throws Exception {
        ((Progress) job).advance(50);
        now.addAndGet(TimeUnit.SECONDS.toNanos(10));
        pauseAndAwait();
        now.addAndGet(TimeUnit.HOURS.toNanos(1));
        assertThat(job.info().bytesPerSecond()).isZero();
        assertThat(job.info().etaSeconds()).isEqualTo(-1);
        runner.resume(job.id());
        assertThat(job.await(LONG)).isTrue();
        assertThat(job.info().bytesPerSecond()).isEqualTo(5);
    }

    @Test
    void allItsThreadsStandStill() throws Exception {
        pauseAndAwait();
        List<Thread> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                try {
                    ((Progress) job).pass();
                    passed.incrementAndGet();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            others.add(thread);
            thread.start();
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }
        assertThat(passed).hasValue(0);
        job.resume();
        for (Thread thread : others) {
            thread.join();
        }
        assertThat(job.await(LONG)).isTrue();
        assertThat(passed).hasValue(5);
    }

    @Test
    void whatCannotBePausedOrResumedIsRefused() throws Exception {
        assertThatThrownBy(() -> runner.resume(1))
                .isInstanceOf(IOException.class)
                .hasMessage("job 1 is not paused");
        runner.pause(1);
        assertThatThrownBy(() -> runner.pause(1))
                .isInstanceOf(IOException.class)
                .hasMessage("job 1 is paused already");
        assertThatThrownBy(() -> runner.pause(7))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no job 7");
        job.cancel();
        assertThat(job.info().paused()).isFalse();
        assertThatThrownBy(() -> runner.pause(1)).hasMessage("job 1 is being cancelled");
        assertThatThrownBy(() -> runner.resume(1)).hasMessage("job 1 is being cancelled");
        mayPass.countDown();
        assertThat(job.await(LONG)).isTrue();
        assertThatThrownBy(() -> runner.pause(1)).hasMessage("job 1 cannot be paused: it has ended (cancelled)");
        assertThatThrownBy(() -> runner.resume(1)).hasMessage("job 1 cannot be resumed: it has ended (cancelled)");
    }

    /** What its record says is what a platform finds that is started after a kill. */
    @Test
    void aPauseSurvivesNothing() throws Exception {
        pauseAndAwait();
        JobRunner next = new JobRunner(new JobFiles(folder), 1000, InstantSource.system(), now::get);
        JobInfo found = next.get(job.id());
        assertThat(found.state()).isEqualTo(INTERRUPTED);
        assertThat(found.paused()).isFalse();
        assertThatThrownBy(() -> next.resume(1)).hasMessage("job 1 cannot be resumed: it has ended (interrupted)");
    }
}
