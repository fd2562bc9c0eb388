package org.hikae.shell.command;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;

/** Goes through prepared states, one for each time that it is waited for, and stays in the last. */
final class FakeJob implements Job {

    final Deque<JobInfo> states = new ArrayDeque<>();
    boolean cancelled;
    /** Runs each time that the job is waited for. */
    Runnable onAwait = () -> {};

    FakeJob(JobInfo... infos) {
        states.addAll(List.of(infos));
    }

    @Override
    public long id() {
        return info().id();
    }

    @Override
    public JobInfo info() {
        return states.getFirst();
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void pause() {
        throw new UnsupportedOperationException("who follows a job does not pause it");
    }

    @Override
    public void resume() {
        throw new UnsupportedOperationException("who follows a job does not resume it");
    }

    @Override
    public boolean await(Duration time) {
        onAwait.run();
        if (states.size() > 1) {
            states.removeFirst();
        }
        return info().state() != JobInfo.State.RUNNING;
    }
}
