package org.hikae.schedule;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.TapeJobs;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Reason;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduledRun.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a run that has begun, on a thread of its own: the backup, then the retention, then what goes to tape. The backup is
 * recorded before what follows it, which may be done twice: where the platform ends between them, the next one goes on from there.
 */
final class RunSteps implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RunSteps.class);
    private static final long LOOK_MILLIS = 100;
    private static final long RETRY_MILLIS = 1000;

    /**
     * What runs need.
     *
     * @param stop at zero when the unit is stopped: what runs stays as it is recorded
     */
    record Units(
            Histories histories,
            Backups backups,
            TapeJobs tapeJobs,
            Jobs jobs,
            Subjects subjects,
            InstantSource clock,
            CountDownLatch stop) {

        boolean running() {
            return stop.getCount() > 0;
        }
    }

    /** How a run ends. */
    private record End(State state, String reason) {

        static final End GOOD = new End(State.DONE, null);

        /** The first that is not good says how, and the second one too if it adds something. */
        End and(End next) {
            if (state == State.DONE) {
                return next;
            }
            return next.state == State.DONE ? this : new End(state, reason + "; " + next.reason);
        }
    }

    private final Units units;
    private final Schedule schedule;
    private final Run run;
    private final Runnable whenOver;
    private final Hold hold;

    /** @param run that is recorded as running */
    RunSteps(Units units, Schedule schedule, Run run, Runnable whenOver) {
        this.units = units;
        this.schedule = schedule;
        this.run = run;
        this.whenOver = whenOver;
        this.hold = new Hold(units.jobs());
    }

    /** Lets its job stand still, or go on. */
    void hold(boolean still) {
        hold.set(still);
    }

    @Override
    public void run() {
        try {
            End end = carryOut();
            if (end != null) {
                record(history -> ended(history, end));
            }
        } catch (InterruptedException e) {
            // By nobody that we know of; what is recorded is right, and the next start goes on from it.
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            // Errors too: a run that nobody ends would keep all later ones waiting.
            fail(e);
        } finally {
            whenOver.run();
        }
    }

    void fail(Throwable failure) {
        // While units go away, failures say nothing of the backup.
        if (units.running()) {
            LOG.warn("a run of schedule {} failed", schedule.name(), failure);
            record(history -> ended(history, new End(State.FAILED, Reason.of(failure))));
        }
    }

    private History ended(History history, End end) {
        Instant now = units.clock().instant();
        return end.state == State.INTERRUPTED
                        && history.running().filter(this::isThis).isPresent()
                ? history.interrupt(now, end.reason)
                : history.change(run.started(), running -> running.over(end.state, now, end.reason));
    }

    private boolean isThis(Run running) {
        return running.started().equals(run.started());
    }

    /** Null: the unit was stopped before it ended. */
    private End carryOut() throws IOException, InterruptedException {
        if (run.generation() == null) {
            JobInfo backup = await(run.job() != 0 ? run.job() : start());
            if (backup == null || backup.state() != JobInfo.State.DONE) {
                return backup == null ? null : end(backup, "");
            }
            String generation = String.valueOf(backup.result().get("generation"));
            change(running -> running.withGeneration(generation));
        }
        End retention = retain();
        if (retention == null || !units.running()) {
            return null;
        } else if (retention.state != State.DONE && retention.state != State.FAILED) {
            // Somebody wants no more of it.
            return retention;
        }
        // What stays too long keeps nothing from tape, where it may have to go for want of room.
        End migration = migrate();
        return migration == null ? null : retention.and(migration);
    }

    /** Null: the unit was stopped before it ended; as the next one. */
    private End retain() throws IOException, InterruptedException {
        if (schedule.keep() == null) {
            return End.GOOD;
        }
        return follow(
                () -> units.backups().retain(units.subjects().retention(schedule)),
                "the backup is made, but what need not be kept could not be merged or removed: ");
    }

    private End migrate() throws IOException, InterruptedException {
        if (schedule.tape() == null) {
            return End.GOOD;
        }
        return follow(
                () -> units.tapeJobs().migrate(units.subjects().migration(schedule)),
                "the backup is made, but not all that is due is on tape: ");
    }

    /** Starts a job. */
    @FunctionalInterface
    private interface Start {
        Job begin() throws IOException;
    }

    private End follow(Start start, String context) throws InterruptedException {
        try {
            JobInfo job = await(start.begin().id());
            return job == null ? null : end(job, context);
        } catch (IOException e) {
            return new End(State.FAILED, context + Reason.of(e));
        }
    }

    private long start() throws IOException {
        long job = units.backups()
                .backUp(units.subjects().backup(schedule, run.full()))
                .id();
        change(running -> running.withJob(job));
        return job;
    }

    private static End end(JobInfo job, String context) {
        return switch (job.state()) {
            case DONE -> End.GOOD;
            case CANCELLED -> new End(State.CANCELLED, context + job.reason());
            case FAILED -> new End(State.FAILED, context + job.reason());
            case RUNNING, INTERRUPTED, UNREADABLE -> new End(State.INTERRUPTED, context + job.reason());
        };
    }

    /** Null: the unit was stopped before the job ended. */
    private JobInfo await(long job) throws IOException, InterruptedException {
        hold.job(job);
        do {
            JobInfo info = units.jobs().get(job);
            if (info.state() != JobInfo.State.RUNNING) {
                // A stopped platform cancels its jobs: that is not how the run has ended.
                return units.running() ? info : null;
            }
        } while (!units.stop().await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        return null;
    }

    private void change(UnaryOperator<Run> change) {
        record(history -> history.change(run.started(), change));
    }

    /** Again and again, until it can be: the disk of the home may be full for a while. */
    private void record(UnaryOperator<History> step) {
        boolean told = false;
        boolean stopped = false;
        while (!stopped) {
            try {
                units.histories().update(schedule.name(), step);
                return;
            } catch (IOException e) {
                if (!told) {
                    LOG.error("how a run of schedule {} goes cannot be recorded", schedule.name(), e);
                    told = true;
                }
                stopped = stopsSoon();
            }
        }
    }

    private boolean stopsSoon() {
        try {
            return units.stop().await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
