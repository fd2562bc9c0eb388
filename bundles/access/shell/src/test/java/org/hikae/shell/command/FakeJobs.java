package org.hikae.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;

/** Jobs in a list. */
final class FakeJobs implements Jobs {

    final Map<Long, JobInfo> jobs = new TreeMap<>();
    final Set<Long> paused = new TreeSet<>();
    final List<Long> cancelled = new ArrayList<>();

    @Override
    public Job start(String kind, String subject, Work work) {
        throw new UnsupportedOperationException("the shell starts no jobs itself");
    }

    @Override
    public List<JobInfo> list() {
        return List.copyOf(jobs.values());
    }

    @Override
    public JobInfo get(long id) throws IOException {
        if (!jobs.containsKey(id)) {
            throw new IOException("there is no job " + id + "; see 'job list'");
        }
        return jobs.get(id);
    }

    @Override
    public void cancel(long id) throws IOException {
        get(id);
        cancelled.add(id);
    }

    @Override
    public void cancel(long id, String reason) throws IOException {
        cancel(id);
    }

    @Override
    public void pause(long id) throws IOException {
        get(id);
        if (!paused.add(id)) {
            throw new IOException("job " + id + " is paused already");
        }
    }

    @Override
    public void resume(long id) throws IOException {
        get(id);
        if (!paused.remove(id)) {
            throw new IOException("job " + id + " is not paused");
        }
    }
}
