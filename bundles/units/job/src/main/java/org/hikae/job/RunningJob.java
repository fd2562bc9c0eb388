package org.hikae.job;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.JobInfo.State;
import org.hikae.api.job.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job of this run: what the caller holds, and what its work reports to. */
final class RunningJob implements Job, Progress {

    private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);

    /** How often work that stands still is asked whether it has anything to go on to. */
    private static final long CHECK_MILLIS = 100;

    static final String ON_REQUEST = "cancelled on request";

    private final long id;
    private final String kind;
    private final String subject;
    private final Instant started;
    private final Meter meter;
    private final JobChanges changes;
    private final CountDownLatch over = new CountDownLatch(1);

    private volatile String phase;
    /** What is waited for; null: nothing. */
    private volatile String waiting;

    /** Guards the fields below. */
    private final Object lock = new Object();

    private final List<Runnable> onCancel = new ArrayList<>();
    private String cancelled;
    private boolean paused;
    /** Threads of the work that stand still. */
    private int standing;

    private JobInfo end;

    RunningJob(long id, String kind, String subject, Instant started, LongSupplier nanoTime, JobChanges changes) {
        this.id = id;
        this.kind = kind;
        this.subject = subject;
        this.started = started;
        this.meter = new Meter(nanoTime);
        this.changes = changes;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public JobInfo info() {
        synchronized (lock) {
            return end != null ? end : now();
        }
    }

    private JobInfo now() {
        String awaited = waiting;
        Meter.Reading at = meter.read();
        return awaited == null
                ? info(State.RUNNING, phase, at, null, null, Map.of())
                // What was, says nothing of when it will end.
                : info(State.RUNNING, awaited, at.standing(), null, null, Map.of());
    }

    @Override
    public void cancel() {
        cancel(ON_REQUEST);
    }

    /** Asks the work to stop, for that reason unless another one came first. */
    void cancel(String reason) {
        List<Runnable> actions;
        synchronized (lock) {
            if (end != null || cancelled != null) {
                return;
            }
            cancelled = reason;
            paused = false;
            lock.notifyAll();
            actions = List.copyOf(onCancel);
            onCancel.clear();
        }
        actions.forEach(this::act);
    }

    /** Why it was asked to stop; null if it was not. */
    String cancelled() {
        synchronized (lock) {
            return cancelled;
        }
    }

    @Override
    public void pause() {
        setPaused(true);
    }

    @Override
    public void resume() {
        setPaused(false);
    }

    /** @return whether that changed anything; what was asked to stop is not paused any more */
    boolean setPaused(boolean pause) {
        synchronized (lock) {
            if (end != null || cancelled != null || paused == pause) {
                return false;
            }
            paused = pause;
            lock.notifyAll();
            // Under the lock, so before its end.
            changes.changed(pause ? JobChanges.PAUSED : JobChanges.RESUMED, info());
            return true;
        }
    }

    @Override
    public boolean await(Duration time) throws InterruptedException {
        return over.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void phase(String phase) {
        this.phase = phase;
    }

    @Override
    public void waiting(String what) {
        waiting = what;
    }

    @Override
    public void total(long bytes) {
        meter.total(bytes);
    }

    @Override
    public void advance(long bytes) {
        meter.advance(bytes);
    }

    @Override
    public void check() {
        String reason = cancelled();
        if (reason != null) {
            throw new CancellationException(reason);
        }
    }

    /** A job's thread is not interrupted; should somebody do it all the same, the pause lasts. */
    @Override
    public void pass(Check check) throws IOException {
        synchronized (lock) {
            if (paused) {
                stand(check);
            }
        }
        check();
    }

    /** With several threads, the job stands still from the first one on, until the last one goes on. */
    private void stand(Check check) throws IOException {
        if (standing++ == 0) {
            meter.stand();
        }
        boolean interrupted = false;
        try {
            while (paused) {
                check.run();
                interrupted |= !await();
            }
        } finally {
            if (--standing == 0) {
                meter.goOn();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** @return false if it was interrupted */
    private boolean await() {
        try {
            lock.wait(CHECK_MILLIS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (lock) {
            if (end != null) {
                return;
            } else if (cancelled == null) {
                onCancel.add(action);
                return;
            }
        }
        act(action);
    }

    /** Sets how it ended, unless it has. It cannot be cancelled then; {@link #release} lets those go on who wait. */
    JobInfo end(State state, Instant when, String reason, Map<String, Object> result) {
        synchronized (lock) {
            if (end == null) {
                end = info(state, phase, meter.readAtEnd(), when, reason, result);
                onCancel.clear();
            }
            return end;
        }
    }

    void release() {
        over.countDown();
    }

    private JobInfo info(
            State state, String doing, Meter.Reading at, Instant ended, String reason, Map<String, Object> result) {
        return new JobInfo(
                id,
                kind,
                subject,
                state,
                state == State.RUNNING && paused,
                doing,
                at.done(),
                at.total(),
                at.rate(),
                at.eta(),
                started,
                ended,
                reason,
                result);
    }

    private void act(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warn("job {}: an action to cancel it failed", id, e);
        }
    }
}
