package org.hikae.files.center;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries to let the center be as it is configured: at once whenever there is a reason to, and as long as that fails again, soon at first, for
 * what is missing when a platform starts comes soon, and then less often. One attempt is waited for at most. Thread-safe.
 */
final class Attempts implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LAST = Duration.ofSeconds(10);
    /** What goes on for longer than a start takes is told. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Attempt attempt;
    private final ScheduledThreadPoolExecutor worker = new ScheduledThreadPoolExecutor(1, Attempts::thread);

    /** Guarded by this, as below; null: none is waited for. */
    private Future<?> next;

    private Duration pause = FIRST;
    private String problem;
    private String told;

    /** What is tried. */
    interface Attempt {
        /** @throws IOException if it does not work at the moment; says why */
        void make() throws IOException;
    }

    Attempts(Attempt attempt) {
        this.attempt = attempt;
        worker.setRemoveOnCancelPolicy(true);
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "hikae-center", 0, false);
        thread.setDaemon(true);
        return thread;
    }

    /** There is a reason to try. Returns at once. */
    synchronized void soon() {
        pause = FIRST;
        schedule(Duration.ZERO);
    }

    private synchronized void schedule(Duration in) {
        if (next != null) {
            next.cancel(false);
        }
        try {
            next = worker.schedule(this::make, in.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the center ends", e);
        }
    }

    private void make() {
        try {
            attempt.make();
            worked();
        } catch (IOException | RuntimeException e) {
            failed(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** It is as it should be. */
    synchronized void worked() {
        problem = null;
        told = null;
    }

    private synchronized void failed(String why) {
        problem = "the center does not listen as it is configured, and tries again: " + why;
        if (pause.compareTo(PATIENCE) >= 0 && !why.equals(told)) {
            LOG.warn("{}", problem);
            told = why;
        }
        if (waiting() == 0) {
            // Else there was another reason to try meanwhile.
            schedule(pause);
        }
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LAST) < 0 ? twice : LAST;
    }

    /** Number of attempts that are waited for. */
    int waiting() {
        return worker.getQueue().size();
    }

    /** Why the last attempt has failed, a sentence; null: it has not. */
    synchronized String problem() {
        return problem;
    }

    /** No other attempt begins. Idempotent. */
    @Override
    public void close() {
        worker.shutdown();
    }
}
