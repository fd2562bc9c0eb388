package org.hikae.shell.command;

import java.io.IOException;
import java.time.Duration;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "job", description = "Long operations, those of earlier runs of the platform too.")
final class JobCommand extends Thing {

    JobCommand(Call call) {
        super(call);
    }

    @Command(name = "list", description = "List the jobs, the newest last.", footer = "  job list --json")
    void list(@Mixin JsonOption json) throws IOException {
        JobViews.listing(call).print(call, json.on, call.service(Jobs.class).list(), "there were no jobs yet");
    }

    @Command(name = "info", description = "Show what is known of a job.", footer = "  job info 7")
    void info(@Parameters(paramLabel = "JOB", description = "Id of the job.") long id, @Mixin JsonOption json)
            throws IOException {
        JobInfo job = call.service(Jobs.class).get(id);
        if (json.on) {
            call.print(JobViews.json(job).node());
        } else {
            JobViews.details(job, call).print(call);
        }
    }

    @Command(
            name = "wait",
            description =
                    "Wait for a job's end, showing its progress, and print its result. Ctrl-C ends the waiting, not"
                            + " the job.",
            footer = "  job wait 7")
    void wait(@Parameters(paramLabel = "JOB", description = "Id of the job.") long id, @Mixin JsonOption json)
            throws IOException, InterruptedException {
        Jobs jobs = call.service(Jobs.class);
        jobs.get(id);
        new Follow(call).toResult(new Watched(call, new KnownJob(jobs, id)), json.on);
    }

    @Command(
            name = "cancel",
            description = "Ask a job to stop. It ends soon after, having cleaned up.",
            footer = "  job cancel 7")
    void cancel(@Parameters(paramLabel = "JOB", description = "Id of the job.") long id) throws IOException {
        call.service(Jobs.class).cancel(id);
        call.say("job " + id + " is asked to stop");
    }

    @Command(
            name = "pause",
            description = "Let a job stand still: a backup or a restore copies no further. What it holds, it keeps.",
            footer = "  job pause 7")
    void pause(@Parameters(paramLabel = "JOB", description = "Id of the job.") long id) throws IOException {
        call.service(Jobs.class).pause(id);
        call.say("job " + id + " is asked to pause");
    }

    @Command(name = "resume", description = "Let a job that is paused go on.", footer = "  job resume 7")
    void resume(@Parameters(paramLabel = "JOB", description = "Id of the job.") long id) throws IOException {
        call.service(Jobs.class).resume(id);
        call.say("job " + id + " goes on");
    }

    /** A job that somebody else started: it is watched, and a cancelled command leaves it alone. */
    private record Watched(Call call, KnownJob job) implements Job {

        @Override
        public long id() {
            return job.id();
        }

        @Override
        public JobInfo info() {
            return job.info();
        }

        @Override
        public void cancel() {}

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public boolean await(Duration time) throws InterruptedException {
            call.cancellation().check();
            return job.await(time);
        }
    }
}
