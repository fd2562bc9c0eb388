package org.hikae.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobEvents;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs.Work;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

@Timeout(30)
class JobChangesTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private JobRunner runner;

    @BeforeEach
    void open() throws IOException {
        runner = runner((change, job) -> told.add(job.id() + " " + change + " " + job.state() + " " + job.paused()));
    }

    private JobRunner runner(JobChanges changes) throws IOException {
        return new JobRunner(new JobFiles(folder), 1000, InstantSource.system(), System::nanoTime, changes);
    }

    private Job start(Work work) throws IOException {
        return runner.start("backup", "data", work);
    }

    private Job end(Job job) throws InterruptedException {
        assertThat(job.await(LONG)).isTrue();
        return job;
    }

    private Map<String, Object> untilItMay() throws InterruptedException {
        assertThat(mayEnd.await(20, TimeUnit.SECONDS)).isTrue();
        return Map.of();
    }

    @Test
    void everyChangeIsToldOnceAndBeforeAnybodyWhoWaitsForTheEnd() throws Exception {
        Job job = start(progress -> untilItMay());
        runner.pause(1);
        job.pause();
        job.resume();
        runner.pause(1);
        runner.resume(1);
        assertThatThrownBy(() -> runner.resume(1)).isInstanceOf(IOException.class);
        mayEnd.countDown();
        end(job);
        job.pause();
        assertThat(told)
                .containsExactly(
                        "1 STARTED RUNNING false",
                        "1 PAUSED RUNNING true",
                        "1 RESUMED RUNNING false",
                        "1 PAUSED RUNNING true",
                        "1 RESUMED RUNNING false",
                        "1 DONE DONE false");
    }

    @Test
    void whatFailsOrIsCancelledIsTold() throws Exception {
        end(start(progress -> {
            throw new IOException("no");
        }));
        Job cancelled = start(progress -> {
            untilItMay();
            progress.check();
            return Map.of();
        });
        cancelled.cancel();
        mayEnd.countDown();
        end(cancelled);
        assertThat(told)
                .containsExactly(
                        "1 STARTED RUNNING false",
                        "1 FAILED FAILED false",
                        "2 STARTED RUNNING false",
                        "2 CANCELLED CANCELLED false");
    }

    @Test
    void whatAKillHasInterruptedIsToldWhenItBecomesKnown() throws Exception {
        Job job = start(progress -> untilItMay());
        told.clear();
        JobRunner next = runner((change, info) -> told.add(change + " " + info.id() + " " + info.reason()));
        assertThat(told).isEmpty();
        next.list();
        next.list();
        mayEnd.countDown();
        end(job);
        assertThat(told)
                .contains("INTERRUPTED 1 the platform was killed or crashed before the job ended")
                .hasSize(2);
    }

    /** Handlers that ask for jobs, as an Event Admin calls them that has but one thread. */
    @Test
    void eventsOfManyJobsComeInOrderToAHandlerThatAsksForJobs() throws Exception {
        List<Event> events = new CopyOnWriteArrayList<>();
        JobEventSender sender = new JobEventSender(new Sends(event -> {
            assertThat(runner.list()).isNotEmpty();
            events.add(event);
        }));
        runner = runner(sender);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            jobs.add(start(progress -> untilItMay()));
        }
        jobs.forEach(Job::pause);
        jobs.forEach(Job::resume);
        mayEnd.countDown();
        for (Job job : jobs) {
            end(job);
        }
        sender.deactivate();
        assertThat(events).hasSize(200);
        for (Job job : jobs) {
            assertThat(events)
                    .filteredOn(event -> event.getProperty(JobEvents.ID).equals(job.id()))
                    .extracting(Event::getTopic)
                    .containsExactly(
                            "org/hikae/job/STARTED",
                            "org/hikae/job/PAUSED",
                            "org/hikae/job/RESUMED",
                            "org/hikae/job/DONE");
        }
    }

    @Test
    void anEventSaysWhatHasHappenedAndAnEventAdminThatThrowsHarmsNothing() {
        List<Event> events = new CopyOnWriteArrayList<>();
        JobEventSender sender = new JobEventSender(new Sends(event -> {
            events.add(event);
            throw new IllegalStateException("this event admin was stopped");
        }));
        JobInfo job = new JobInfo(
                7,
                "backup",
                "data",
                JobInfo.State.FAILED,
                false,
                null,
                0,
                0,
                0,
                -1,
                Instant.EPOCH,
                null,
                "full",
                Map.of());
        sender.changed("FAILED", job);
        sender.changed("FAILED", job);
        sender.deactivate();
        sender.changed("FAILED", job);
        assertThat(events).hasSize(2);
        Event event = events.get(1);
        assertThat(event.getProperty(JobEvents.ID)).isEqualTo(7L);
        assertThat(event.getProperty(JobEvents.KIND)).isEqualTo("backup");
        assertThat(event.getProperty(JobEvents.SUBJECT)).isEqualTo("data");
        assertThat(event.getProperty(JobEvents.REASON)).isEqualTo("full");
        assertThat(event.getProperty(JobEvents.INFO)).isEqualTo(job);
    }

    /** With the platform Event Admin ends too, and what it was given but has not delivered would be lost. */
    @Test
    void theEndOfThePlatformWaitsForHandlers() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch mayHandle = new CountDownLatch(1);
        List<String> handled = new CopyOnWriteArrayList<>();
        JobEventSender sender = new JobEventSender(new Sends(event -> {
            handling.countDown();
            await(mayHandle);
            handled.add(event.getTopic());
        }));
        runner = runner(sender);
        end(start(progress -> Map.of()));
        handling.await();
        FutureTask<Void> end = new FutureTask<>(sender::deactivate, null);
        Thread ending = new Thread(end);
        ending.start();
        while (ending.getState() != Thread.State.TIMED_WAITING) {
            assertThat(end.isDone()).isFalse();
            Thread.onSpinWait();
        }
        mayHandle.countDown();
        end.get();
        assertThat(handled).containsExactly("org/hikae/job/STARTED", "org/hikae/job/DONE");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Delivers as Event Admin does: what is posted, later, by a thread of its own; what is sent, before it returns. */
    private record Sends(Consumer<Event> to) implements EventAdmin {

        @Override
        public void postEvent(Event event) {
            new Thread(() -> to.accept(event)).start();
        }

        @Override
        public void sendEvent(Event event) {
            to.accept(event);
        }
    }
}
