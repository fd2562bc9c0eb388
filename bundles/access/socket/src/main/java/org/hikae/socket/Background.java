package org.hikae.socket;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.felix.service.command.Job;
import org.apache.felix.service.command.Job.Status;
import org.apache.felix.service.command.JobListener;

/** The commands of a session that run in the background ({@code backup run data --to vault &}). Thread-safe. */
final class Background implements JobListener {

    /** Guarded by this, as the field below. */
    private final Set<Job> running = new HashSet<>();

    private final List<Throwable> failures = new ArrayList<>();

    @Override
    public synchronized void jobChanged(Job job, Status previous, Status current) {
        if (current == Status.Background) {
            running.add(job);
        } else if (running.remove(job) && current == Status.Done && job.result() != null) {
            Throwable failure = job.result().exception();
            if (failure != null) {
                failures.add(failure);
            }
        }
        notifyAll();
    }

    /** Waits for the last of them; returns how those failed that did since the last call. */
    synchronized List<Throwable> await() throws InterruptedException {
        while (!running.isEmpty()) {
            wait();
        }
        List<Throwable> failed = List.copyOf(failures);
        failures.clear();
        return failed;
    }
}
