package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduleStatus;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.api.schedule.Schedules;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "schedule",
        description =
                "When disks and groups of files are backed up, and what is kept of that. Schedules are kept to by a"
                        + " platform that stays, such as 'hikae serve'.")
final class ScheduleCommand extends Thing {

    ScheduleCommand(Call call) {
        super(call);
    }

    @Command(
            name = "add",
            description = "Add a schedule. What comes due while the platform is down is caught up with once.",
            footer = {
                "  schedule add nightly --disk data --to m1 --full '0 3 * * 0' --differential '0 3 * * 1-6'",
                "  schedule add docs --group docs --to m1 --differential '*/30 * * * *' --keep last=48,daily=14",
                "  schedule add work --disk work --to m1 --full '0 1 * * *' --tape-after 7d --keep-both 14d",
                "  schedule add home --disk home --to m1 --full '0 1 * * *' --window 01:00-05:00 --zone Europe/Berlin"
            })
    void add(
            @Parameters(paramLabel = "NAME", description = "What to call it.") String name,
            @Mixin ScheduleOptions options)
            throws IOException {
        Schedules schedules = call.service(Schedules.class);
        Schedule schedule = options.schedule(call, name);
        schedules.add(schedule);
        ScheduleStatus status = schedules.get(name);
        call.say("schedule " + name + " of " + ScheduleViews.subject(schedule) + " is added");
        note("next full", schedule.full(), ScheduleViews.next(status, status.nextFull(), call));
        note("next differential", schedule.differential(), ScheduleViews.next(status, status.nextDifferential(), call));
    }

    private void note(String what, String times, String next) {
        if (times != null) {
            call.note(what + ": " + next);
        }
    }

    @Command(
            name = "list",
            description = "List the schedules, when they run next, and how their last runs went.",
            footer = {"  schedule list", "  schedule list --json"})
    void list(@Mixin JsonOption json) throws IOException {
        IgnoredFiles.note(call, IgnoredFiles.SCHEDULES);
        List<ScheduleStatus> all = call.service(Schedules.class).list();
        ScheduleViews.listing(call).print(call, json.on, all, "there are no schedules; see 'schedule add --help'");
    }

    @Command(
            name = "info",
            description = "Show a schedule and its last runs, the newest first. COVERED is the number of planned times"
                    + " that a run stands for.",
            footer = "  schedule info nightly")
    void info(
            @Parameters(paramLabel = "SCHEDULE", description = "Name of the schedule.") String name,
            @Mixin JsonOption json)
            throws IOException {
        ScheduleStatus status = call.service(Schedules.class).get(name);
        Listing<ScheduledRun> runs = RunViews.listing(call, ScheduleViews.zone(status, call));
        if (json.on) {
            call.print(ScheduleViews.json(status)
                    .put("runs", runs.json(status.runs()))
                    .node());
            return;
        }
        ScheduleViews.details(status, call).print(call);
        if (!status.runs().isEmpty()) {
            call.say("");
        }
        runs.print(call, false, status.runs(), "it has not run yet");
    }

    @Command(
            name = "run",
            description = "Make a schedule's backup now, whatever its times and its window say, and wait for its end."
                    + " Ctrl-C cancels the job.",
            footer = {"  schedule run nightly", "  schedule run nightly --full --detach"})
    void run(
            @Parameters(paramLabel = "SCHEDULE", description = "Name of the schedule.") String name,
            @Option(names = "--full", description = "A full backup; else a differential one is made.") boolean full,
            @Option(names = "--detach", description = "Leave the run to itself; see 'schedule info'.") boolean detach,
            @Option(names = "--json", description = "Print the run, when it has ended, as one JSON document.")
                    boolean json)
            throws IOException, InterruptedException {
        ScheduledRun run = call.service(Schedules.class).run(name, full);
        if (!detach) {
            new FollowRun(call, name).toResult(run, json);
        } else if (json) {
            call.print(RunViews.json(run).node());
        } else {
            call.say("schedule " + name + " runs: " + RunViews.word(run.state())
                    + (run.job() == 0 ? "" : ", job " + run.job()));
        }
    }

    @Command(
            name = "pause",
            description = "Let a schedule begin nothing until it is resumed. What runs goes on.",
            footer = "  schedule pause nightly")
    void pause(@Parameters(paramLabel = "SCHEDULE", description = "Name of the schedule.") String name)
            throws IOException {
        call.service(Schedules.class).pause(name);
        call.say("schedule " + name + " is paused; see 'schedule resume --help'");
    }

    @Command(
            name = "resume",
            description = "Let a schedule that is paused go on. What came due meanwhile is not caught up with.",
            footer = "  schedule resume nightly")
    void resume(@Parameters(paramLabel = "SCHEDULE", description = "Name of the schedule.") String name)
            throws IOException {
        call.service(Schedules.class).resume(name);
        call.say("schedule " + name + " goes on");
    }

    @Command(
            name = "remove",
            description = "Forget a schedule and its history. Its generations stay, and what runs goes on.",
            footer = "  schedule remove nightly")
    void remove(@Parameters(paramLabel = "SCHEDULE", description = "Name of the schedule.") String name)
            throws IOException {
        call.service(Schedules.class).remove(name);
        call.say("schedule " + name + " is removed; its generations stay");
    }
}
