package org.hikae.schedule;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduleStatus;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.config.Configured;

/** How schedules stand, for those who ask. */
final class Statuses {

    private final Histories histories;
    private final Problems problems;
    private final Subjects subjects;
    private final Scheduler scheduler;
    private final Jobs jobs;

    Statuses(Histories histories, Problems problems, Subjects subjects, Scheduler scheduler, Jobs jobs) {
        this.histories = histories;
        this.problems = problems;
        this.subjects = subjects;
        this.scheduler = scheduler;
        this.jobs = jobs;
    }

    ScheduleStatus of(Settings settings, Instant now) {
        Schedule schedule = settings.schedule();
        History history = Configured.isName(schedule.name()) ? history(schedule, now) : null;
        String problem = problems.of(settings, history, histories.problem(schedule.name()), now);
        Instant from = history == null || history.handled().isBefore(now) ? now : history.handled();
        Plan plan = settings.plan();
        return new ScheduleStatus(
                schedule,
                plan == null ? null : plan.nextFull(from),
                plan == null ? null : plan.nextDifferential(from),
                history == null ? List.of() : runs(schedule, history, now),
                problem);
    }

    /** Null: there is none, or none that can be read. */
    private History history(Schedule schedule, Instant now) {
        try {
            History history = histories.get(schedule.name());
            return history == null || scheduler.hasAdopted(schedule.name()) ? history : asItIs(schedule, history, now);
        } catch (IOException e) {
            // It is a problem, which the histories tell.
            return null;
        }
    }

    /** What runs by a record that nobody has gone on with since is what an ended platform has left. */
    private History asItIs(Schedule schedule, History history, Instant now) {
        Run run = history.running().orElse(null);
        if (run == null) {
            return history;
        }
        Optional<JobInfo> job = BackupJobs.of(run, subjects.names(schedule), jobs);
        return BackupJobs.goesOn(run, job)
                ? history
                : history.interrupt(now, Scheduler.whyInterrupted(job.orElse(null)));
    }

    private List<ScheduledRun> runs(Schedule schedule, History history, Instant now) {
        String disk = subjects.queue(schedule);
        return history.runs().stream()
                .map(run -> run.scheduled(Agenda.whyWaits(schedule, run, disk, now)))
                .toList();
    }
}
