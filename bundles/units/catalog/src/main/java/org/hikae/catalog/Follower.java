package org.hikae.catalog;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.api.job.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the catalog up to date a little after something has changed: once for all that changes meanwhile. Thread-safe. */
final class Follower {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private final Duration delay;
    private final Step step;
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, Follower::thread);
    /** What was said last, since it would be said after every job. Used by the thread alone. */
    private String said = "";

    Follower(Duration delay, Step step) {
        this.delay = delay;
        this.step = step;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Brings it up to date. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "hikae-catalog-follows", 0, false);
        thread.setDaemon(true);
        return thread;
    }

    void changed() {
        if (!thread.isShutdown() && due.compareAndSet(false, true)) {
            thread.schedule(this::follow, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void follow() {
        due.set(false);
        try {
            step.run();
            said = "";
        } catch (IOException | RuntimeException e) {
            say(e);
        }
    }

    private void say(Exception failure) {
        String reason = Reason.of(failure);
        if (!thread.isShutdown() && !reason.equals(said)) {
            LOG.warn("the catalog does not follow: {}", reason, failure instanceof IOException ? null : failure);
            said = reason;
        }
    }

    /** Nothing begins any more; what has begun is not waited for. */
    void close() {
        thread.shutdown();
    }
}
