package org.hikae.job;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.hikae.api.job.CurrentProgress;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.JobInfo.State;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Runs jobs, each on a thread of its own, and keeps their records (f.1). */
final class JobRunner implements Jobs {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final JobFiles files;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    /** Guards the fields below. */
    private final Object lock = new Object();

    private final Map<Long, RunningJob> running = new TreeMap<>();
    private final PastJobs past;
    private final JobChanges changes;
    private boolean closed;

    JobRunner(JobFiles files, int kept, InstantSource clock, LongSupplier nanoTime) throws IOException {
        this(files, kept, clock, nanoTime, JobChanges.NOBODY);
    }

    JobRunner(JobFiles files, int kept, InstantSource clock, LongSupplier nanoTime, JobChanges changes)
            throws IOException {
        this.files = files;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.changes = changes;
        this.past = new PastJobs(files, clock.instant(), kept, changes);
    }

    @Override
    public Job start(String kind, String subject, Work work) throws IOException {
        RunningJob job;
        synchronized (lock) {
            if (closed) {
                throw new IOException("no job can be started any more: the platform is being stopped");
            }
            job = new RunningJob(past.nextId(), kind, subject, clock.instant(), nanoTime, changes);
            JobInfo begin = job.info();
            record(begin);
            running.put(job.id(), job);
            changes.changed(JobChanges.STARTED, begin);
        }
        launch(job, work);
        return job;
    }

    private void record(JobInfo job) throws IOException {
        try {
            files.write(job);
        } catch (IOException e) {
            throw new IOException("job " + job.id() + " cannot be recorded: " + Reason.of(e), e);
        }
    }

    private void launch(RunningJob job, Work work) throws IOException {
        // Without the starter's inherited thread-locals: a shell's streams are none of the job's business.
        Thread thread = new Thread(null, () -> run(job, work), name(job.info()), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(work.getClass().getClassLoader());
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            finish(job, State.FAILED, Reason.of(e), Map.of());
            job.release();
            throw new IOException("job " + job.id() + " cannot be started: " + Reason.of(e), e);
        }
    }

    private static String name(JobInfo job) {
        return "hikae-job-" + job.id() + " " + job.kind() + " " + job.subject();
    }

    private void run(RunningJob job, Work work) {
        try (CurrentProgress.Entered entered = CurrentProgress.enter(job)) {
            Map<String, Object> result = JobJson.plain(work.run(job));
            finish(job, State.DONE, null, result);
        } catch (Throwable e) {
            // Errors too: a job that ran out of memory has failed, and its thread has nobody else to tell.
            fail(job, e);
        } finally {
            // Does nothing, unless memory ran out once more above.
            job.end(State.FAILED, clock.instant(), "out of memory", Map.of());
            job.release();
        }
    }

    private void fail(RunningJob job, Throwable failure) {
        String cancelled = job.cancelled();
        if (cancelled == null) {
            finish(job, State.FAILED, Reason.of(failure), Map.of());
            // What a disk or medium refuses is an everyday matter; anything else is a fault of ours.
            LOG.atLevel(failure instanceof IOException ? Level.WARN : Level.ERROR)
                    .setCause(failure)
                    .log(
                            "job {} ({} {}) failed",
                            job.id(),
                            job.info().kind(),
                            job.info().subject());
        } else if (isCancellation(failure)) {
            finish(job, State.CANCELLED, said(cancelled, failure), Map.of());
        } else {
            finish(job, State.CANCELLED, cancelled + "; while stopping: " + Reason.of(failure), Map.of());
            LOG.warn("job {} was cancelled, and then failed", job.id(), failure);
        }
    }

    /** The reason, and what the work itself has added to it. */
    private static String said(String cancelled, Throwable failure) {
        String message = failure.getMessage();
        boolean more = failure instanceof CancellationException && message != null && message.startsWith(cancelled);
        return more ? message : cancelled;
    }

    private static boolean isCancellation(Throwable failure) {
        return Stream.iterate(failure, e -> e != null, Throwable::getCause)
                .limit(100)
                .anyMatch(CancellationException.class::isInstance);
    }

    private void finish(RunningJob job, State state, String reason, Map<String, Object> result) {
        JobInfo end = job.end(state, clock.instant(), reason, result);
        synchronized (lock) {
            // Given up by close: the record stays as it is, for the next run may have read it already.
            if (running.remove(job.id()) != null) {
                past.add(end);
                recordEnd(end);
                changes.changed(end.state().name(), end);
            }
        }
    }

    private void recordEnd(JobInfo end) {
        try {
            files.write(end);
        } catch (IOException e) {
            LOG.error("the end of job {} ({}) cannot be recorded", end.id(), end.state(), e);
        }
    }

    @Override
    public List<JobInfo> list() {
        synchronized (lock) {
            List<JobInfo> all = new ArrayList<>(past.list());
            running.values().forEach(job -> all.add(job.info()));
            all.sort(Comparator.comparingLong(JobInfo::id));
            return List.copyOf(all);
        }
    }

    /** Without a look at those of earlier runs. */
    @Override
    public List<JobInfo> running() {
        synchronized (lock) {
            return running.values().stream().map(RunningJob::info).toList();
        }
    }

    @Override
    public JobInfo get(long id) throws IOException {
        synchronized (lock) {
            RunningJob job = running.get(id);
            JobInfo info = job != null ? job.info() : past.get(id);
            if (info == null) {
                throw new IOException("there is no job " + id + "; see 'job list'");
            }
            return info;
        }
    }

    @Override
    public void cancel(long id) throws IOException {
        cancel(id, RunningJob.ON_REQUEST);
    }

    @Override
    public void cancel(long id, String reason) throws IOException {
        running(id, "cancelled").cancel(reason);
    }

    @Override
    public void pause(long id) throws IOException {
        RunningJob job = running(id, "paused");
        if (!job.setPaused(true)) {
            throw new IOException("job " + id + " " + whyNot(job, "is paused already"));
        }
    }

    @Override
    public void resume(long id) throws IOException {
        RunningJob job = running(id, "resumed");
        if (!job.setPaused(false)) {
            throw new IOException("job " + id + " " + whyNot(job, "is not paused"));
        }
    }

    /** It may have ended, or have been cancelled, just now. */
    private static String whyNot(RunningJob job, String otherwise) {
        State state = job.info().state();
        if (state != State.RUNNING) {
            return "has ended (" + state.name().toLowerCase(Locale.ROOT) + ")";
        }
        return job.cancelled() != null ? "is being cancelled" : otherwise;
    }

    /** @param how what cannot be done with it if it has ended */
    private RunningJob running(long id, String how) throws IOException {
        RunningJob job;
        synchronized (lock) {
            job = running.get(id);
        }
        if (job == null) {
            String state = get(id).state().name().toLowerCase(Locale.ROOT);
            throw new IOException("job " + id + " cannot be " + how + ": it has ended (" + state + ")");
        }
        return job;
    }

    /** Cancels what runs and waits for it, so long at most; what has not ended then is left to itself. */
    void close(Duration patience) {
        List<RunningJob> left;
        synchronized (lock) {
            closed = true;
            left = List.copyOf(running.values());
        }
        left.forEach(job -> job.cancel("the platform was stopped"));
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        for (RunningJob job : left) {
            interrupted |= !awaitEnd(job, deadline);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (lock) {
            running.keySet().forEach(id -> LOG.warn("job {} did not stop in time and is given up", id));
            running.clear();
        }
    }

    /** @return false if the wait was interrupted */
    private static boolean awaitEnd(RunningJob job, long deadline) {
        try {
            job.await(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
