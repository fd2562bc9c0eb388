package org.hikae.shell.command;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.JobInfo.State;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Reason;

/** A job of which only the number is known: whoever started it has the job itself. */
record KnownJob(Jobs jobs, long id) implements Job {

    @Override
    public JobInfo info() {
        try {
            return jobs.get(id);
        } catch (IOException e) {
            throw new IllegalStateException(Reason.of(e), e);
        }
    }

    @Override
    public void cancel() {
        unlessEnded(() -> jobs.cancel(id));
    }

    @Override
    public void pause() {
        unlessEnded(() -> jobs.pause(id));
    }

    @Override
    public void resume() {
        unlessEnded(() -> jobs.resume(id));
    }

    /** A job that has ended by itself meanwhile is refused by {@link Jobs}, and is none of the callers' business. */
    private void unlessEnded(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            if (info().state() == State.RUNNING) {
                throw new IllegalStateException(Reason.of(e), e);
            }
        }
    }

    @Override
    public boolean await(Duration time) throws InterruptedException {
        if (info().state() != State.RUNNING) {
            return true;
        }
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        return info().state() != State.RUNNING;
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }
}
