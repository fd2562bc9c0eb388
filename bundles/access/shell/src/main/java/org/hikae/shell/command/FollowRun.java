package org.hikae.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.hikae.api.job.Jobs;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.api.schedule.Schedules;
import org.hikae.shell.call.Call;

/** Waits for the end of a run that was asked for, and shows meanwhile why it waits, or how far its job is. */
final class FollowRun {

    private final Call call;
    private final String schedule;
    private final LongSupplier nanoTime;

    FollowRun(Call call, String schedule, LongSupplier nanoTime) {
        this.call = call;
        this.schedule = schedule;
        this.nanoTime = nanoTime;
    }

    FollowRun(Call call, String schedule) {
        this(call, schedule, System::nanoTime);
    }

    /**
     * Waits until the run has ended, cancelling its job if the caller cancels the command, and prints its result.
     *
     * @throws IOException if it was not done, with its reason, or is waited for no longer
     */
    void toResult(ScheduledRun asked, boolean asJson) throws IOException, InterruptedException {
        ScheduledRun run = untilEnd(asked);
        if (asJson) {
            call.print(RunViews.json(run).node());
        }
        if (run.state() != ScheduledRun.State.DONE) {
            throw new IOException(reason(run));
        } else if (!asJson) {
            JobViews.summary(call.service(Jobs.class).get(run.job()), call).print(call);
        }
    }

    private ScheduledRun untilEnd(ScheduledRun asked) throws IOException, InterruptedException {
        LiveLine line = new LiveLine(call, nanoTime);
        ScheduledRun run = asked;
        boolean followed = false;
        while (!RunViews.hasEnded(run)) {
            if (run.job() > 0 && !followed) {
                line.clear();
                follow(run.job());
                followed = true;
            } else {
                String what = waitsFor(run);
                line.show(width -> what.length() < width ? what : what.substring(0, width - 1), () -> what);
                rest();
            }
            run = now(run);
        }
        line.clear();
        return run;
    }

    private void follow(long id) throws IOException, InterruptedException {
        KnownJob job = new KnownJob(call.service(Jobs.class), id);
        call.caller().onJob().accept(id);
        call.cancellation().onCancel(job::cancel);
        new Follow(call, nanoTime).untilEnd(job);
    }

    /** Until the run may have gone on. Only a job can be cancelled, not what comes before and after it. */
    private void rest() throws IOException, InterruptedException {
        if (call.cancellation().isCancelled()) {
            throw new IOException(
                    "the run is waited for no longer, and goes on by itself; see 'schedule info " + schedule + "'");
        }
        TimeUnit.NANOSECONDS.sleep(Follow.TICK.toNanos());
    }

    private String waitsFor(ScheduledRun run) throws IOException {
        String what = run.job() > 0 ? afterBackup() : RunViews.word(run.state());
        return "run of schedule " + schedule + ": " + (run.reason() == null ? what : what + ": " + run.reason());
    }

    private String afterBackup() throws IOException {
        Schedule schedule = call.service(Schedules.class).get(this.schedule).schedule();
        List<String> steps = new ArrayList<>();
        if (schedule.keep() != null) {
            steps.add("keeping to what is to be kept");
        }
        if (schedule.tape() != null) {
            steps.add("bringing to tape what is due");
        }
        return steps.isEmpty() ? "ending" : String.join(", then ", steps);
    }

    /** The run as it stands. That it was asked for, and when, stays so. */
    private ScheduledRun now(ScheduledRun known) throws IOException {
        return call.service(Schedules.class).get(schedule).runs().stream()
                .filter(run -> run.covered() == known.covered() && run.due().equals(known.due()))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "the run that was asked for is not recorded any more; see 'schedule info " + schedule + "'"));
    }

    private static String reason(ScheduledRun run) {
        String reason = run.reason() == null ? RunViews.word(run.state()) : run.reason();
        return run.job() > 0 ? reason + " (job " + run.job() + ")" : reason;
    }
}
