package org.hikae.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.JobInfo.State;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Printable;

/**
 * Waits for the ends of several jobs. On a terminal one bar shows the first that has not ended; elsewhere there is a line for
 * each that runs.
 */
final class FollowAll {

    private final Call call;
    private final LongSupplier nanoTime;

    FollowAll(Call call, LongSupplier nanoTime) {
        this.call = call;
        this.nanoTime = nanoTime;
    }

    FollowAll(Call call) {
        this(call, System::nanoTime);
    }

    /**
     * Waits until all have ended, cancelling them if the caller cancels the command, and prints the results in the order of
     * the jobs.
     *
     * @return number of those that were not done
     */
    int toResults(List<Job> jobs, boolean asJson) throws InterruptedException {
        call.caller().onJob().accept(jobs.size() == 1 ? jobs.get(0).id() : 0);
        call.cancellation().onCancel(() -> jobs.forEach(Job::cancel));
        LiveLine line = new LiveLine(call, nanoTime);
        List<JobInfo> ended = new ArrayList<>();
        for (Job job : jobs) {
            ended.add(untilEnd(job, jobs, line));
            if (!asJson) {
                print(ended);
            }
        }
        if (asJson) {
            call.print(Json.array(ended.stream().map(JobViews::json).toList()));
        }
        return (int) ended.stream().filter(job -> job.state() != State.DONE).count();
    }

    private JobInfo untilEnd(Job job, List<Job> jobs, LiveLine line) throws InterruptedException {
        while (!job.await(Follow.TICK)) {
            line.show(width -> ProgressLine.namedBar(job.info(), width), () -> running(jobs));
        }
        line.clear();
        return job.info();
    }

    private static String running(List<Job> jobs) {
        return jobs.stream()
                .map(Job::info)
                .filter(info -> info.state() == State.RUNNING)
                .map(ProgressLine::plain)
                .collect(Collectors.joining("\n"));
    }

    /** The last of them. */
    private void print(List<JobInfo> ended) {
        JobInfo last = ended.get(ended.size() - 1);
        if (last.state() != State.DONE) {
            call.note(Printable.of(last.kind() + " " + last.subject() + ": " + Follow.reason(last)));
            return;
        }
        boolean first = ended.stream().filter(job -> job.state() == State.DONE).count() == 1;
        if (!first) {
            call.say("");
        }
        JobViews.summary(last, call).print(call);
    }
}
