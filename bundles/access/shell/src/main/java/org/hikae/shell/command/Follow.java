package org.hikae.shell.command;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.JobInfo.State;
import org.hikae.shell.call.Call;

/** Waits for a job's end and shows its progress meanwhile: a bar on a terminal, a line every few seconds elsewhere. */
final class Follow {

    static final Duration TICK = Duration.ofMillis(200);

    private final Call call;
    private final LongSupplier nanoTime;

    Follow(Call call, LongSupplier nanoTime) {
        this.call = call;
        this.nanoTime = nanoTime;
    }

    Follow(Call call) {
        this(call, System::nanoTime);
    }

    /** Starts nothing: waits until the job has ended. */
    JobInfo untilEnd(Job job) throws InterruptedException {
        LiveLine line = new LiveLine(call, nanoTime);
        while (!job.await(TICK)) {
            line.show(width -> ProgressLine.bar(job.info(), width), () -> ProgressLine.plain(job.info()));
        }
        line.clear();
        return job.info();
    }

    /**
     * Waits until the job has ended, cancelling it if the caller cancels the command, and prints its result.
     *
     * @throws IOException if the job was not done, with its reason
     */
    void toResult(Job job, boolean asJson) throws IOException, InterruptedException {
        call.caller().onJob().accept(job.id());
        call.cancellation().onCancel(job::cancel);
        JobInfo end = untilEnd(job);
        if (asJson) {
            call.print(JobViews.json(end).node());
        }
        if (end.state() != State.DONE) {
            throw new IOException(reason(end));
        } else if (!asJson) {
            JobViews.summary(end, call).print(call);
        }
    }

    /** Why it was not done. */
    static String reason(JobInfo job) {
        String reason = job.reason() == null ? JobViews.word(job.state()) : job.reason();
        return reason + " (job " + job.id() + ")";
    }
}
