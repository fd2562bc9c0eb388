package org.hikae.files.center;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Progress;
import org.hikae.files.center.store.CenterStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets equal content of several clients lie once, by a job that nobody waits for, when there is any (R22). Thread-safe. */
final class Sharer implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Sharer.class);

    /** A job that failed is not begun again before. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** How much longer it rests than it works: what clients send and restore goes first. */
    private static final int RESTS = 3;

    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(10);

    private final CenterStore store;
    private final Jobs jobs;
    /** The last one; null: there was none. Guarded by this, as the next. */
    private Job job;

    private long begun;
    private boolean closed;

    Sharer(CenterStore store, Jobs jobs) {
        this.store = store;
        this.jobs = jobs;
    }

    /**
     * Begins a job if there is anything to do, and none goes on.
     *
     * @param looking asked while that is looked for
     */
    void look(Progress looking) throws IOException {
        if (!isFree() || !store.isToShare(looking)) {
            return;
        }
        synchronized (this) {
            if (!closed) {
                begun = System.nanoTime();
                job = jobs.start("share", "files", this::share);
            }
        }
    }

    private synchronized boolean isFree() {
        JobInfo.State state = job == null ? JobInfo.State.DONE : job.info().state();
        return !closed
                && state != JobInfo.State.RUNNING
                && (state == JobInfo.State.DONE || System.nanoTime() - begun > PATIENCE.toNanos());
    }

    private Map<String, Object> share(Progress progress) throws IOException {
        CountDownLatch cancelled = new CountDownLatch(1);
        progress.onCancel(cancelled::countDown);
        CenterStore.Shared shared = store.share(progress, work -> rest(work, cancelled, progress));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("parts", shared.parts());
        result.put("bytes", shared.bytes());
        result.put("saved", shared.saved());
        return result;
    }

    private static void rest(Duration work, CountDownLatch cancelled, Progress progress) {
        long nanos = Math.min(work.toNanos() * RESTS, LONGEST_REST.toNanos());
        try {
            if (cancelled.await(nanos, TimeUnit.NANOSECONDS)) {
                progress.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the job that goes on: what is left is done another time. */
    void stop() {
        Job last;
        synchronized (this) {
            last = job;
        }
        if (last == null) {
            return;
        }
        last.cancel();
        try {
            if (!last.await(PATIENCE_AT_END)) {
                LOG.warn("equal content is still being stored once");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        stop();
    }
}
