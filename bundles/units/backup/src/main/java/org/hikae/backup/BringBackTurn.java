package org.hikae.backup;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that brings a generation back onto a disk, once the one before it for that disk has ended. Thread-safe. */
final class BringBackTurn {

    private static final Logger LOG = LoggerFactory.getLogger(BringBackTurn.class);
    private static final long LOOK_MILLIS = 100;

    private final String generation;
    private final CountDownLatch ended = new CountDownLatch(1);
    /** Null once it has ended: turns must not become a chain that nobody lets go. */
    private volatile BringBackTurn before;

    private volatile boolean cancelled;
    /** Set before anybody else knows of the turn. */
    private Job job;

    /** @param before null: there was none */
    BringBackTurn(String generation, BringBackTurn before) {
        this.generation = generation;
        this.before = before;
    }

    void start(Jobs jobs, String subject, Jobs.Work work) throws IOException {
        job = jobs.start("bring-back", subject, progress -> run(work, progress));
    }

    private Map<String, Object> run(Jobs.Work work, Progress progress) throws Exception {
        try {
            progress.onCancel(() -> cancelled = true);
            awaitBefore(progress);
            return work.run(progress);
        } finally {
            ended.countDown();
        }
    }

    private void awaitBefore(Progress progress) throws IOException, InterruptedException {
        BringBackTurn earlier = before;
        while (earlier != null && !earlier.ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            progress.phase("waiting for job " + earlier.job.id() + " to end");
            progress.pass();
        }
        before = null;
    }

    Job job() {
        return job;
    }

    /** Whether it does so now, and was not told to stop. */
    boolean bringsBack(String id) {
        return generation.equals(id) && !cancelled && ended.getCount() > 0;
    }

    /** Asks it to stop; does nothing if it has ended. */
    void cancel(Jobs jobs, String reason) {
        try {
            if (ended.getCount() > 0 && job.info().state() == JobInfo.State.RUNNING) {
                jobs.cancel(job.id(), reason);
            }
        } catch (IOException e) {
            LOG.debug("job {} has ended just now", job.id(), e);
        }
    }

    void awaitEnd(Duration patience) {
        try {
            if (!ended.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("job {} did not stop in time and is left to itself", job.id());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
