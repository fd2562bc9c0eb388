package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.job.Job;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.Json;
import picocli.CommandLine.Option;

/** What can be chosen wherever a command starts a job. */
final class JobOptions {

    @Option(names = "--detach", description = "Print the job's id and leave it to itself; see 'job wait'.")
    boolean detach;

    @Option(
            names = "--json",
            description = "Print the job, when it has ended, as one JSON document; several as an array.")
    boolean json;

    /**
     * Follows the jobs, or tells their ids.
     *
     * @return number of those that are known not to be done
     */
    int show(Call call, List<Job> jobs) throws InterruptedException {
        if (!detach) {
            return new FollowAll(call).toResults(jobs, json);
        } else if (json) {
            call.print(Json.array(
                    jobs.stream().map(job -> JobViews.json(job.info())).toList()));
        } else {
            jobs.forEach(job -> call.say(Long.toString(job.id())));
        }
        return 0;
    }

    /** Follows the job, or tells its id. */
    void show(Call call, Job job) throws IOException, InterruptedException {
        if (!detach) {
            new Follow(call).toResult(job, json);
        } else {
            detached(call, job, json);
        }
    }

    /** Tells the id of a job that is left to itself. */
    static void detached(Call call, Job job, boolean asJson) {
        if (asJson) {
            call.print(JobViews.json(job.info()).node());
        } else {
            call.say(Long.toString(job.id()));
        }
    }
}
