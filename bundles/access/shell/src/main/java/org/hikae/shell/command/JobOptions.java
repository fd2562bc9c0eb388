package org.hikae.shell.command;

import java.io.IOException;
import org.hikae.api.job.Job;
import org.hikae.shell.call.Call;
import picocli.CommandLine.Option;

/** What can be chosen wherever a command starts a job. */
final class JobOptions {

    @Option(names = "--detach", description = "Print the job's id and leave it to itself; see 'job wait'.")
    boolean detach;

    @Option(names = "--json", description = "Print the job, when it has ended, as one JSON document.")
    boolean json;

    /** Follows the job, or tells its id. */
    void show(Call call, Job job) throws IOException, InterruptedException {
        if (!detach) {
            new Follow(call).toResult(job, json);
        } else if (json) {
            call.print(JobViews.json(job.info()).node());
        } else {
            call.say(Long.toString(job.id()));
        }
    }
}
