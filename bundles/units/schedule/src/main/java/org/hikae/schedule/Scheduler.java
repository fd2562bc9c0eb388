package org.hikae.schedule;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.api.job.JobInfo;
import org.hikae.api.schedule.Schedule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the {@link Agenda} says, each time that it is told to look. Thread-safe. */
final class Scheduler {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final RunSteps.Units units;
    private final boolean lasting;
    private final Runnable whenOver;

    /** Guarded by this, as below; the runs under way, by their schedule. */
    private final Map<String, Active> active = new HashMap<>();

    private final Set<Thread> threads = new HashSet<>();

    /** By which times each schedule went at the last look. */
    private final Map<String, Plan> plans = new HashMap<>();

    /** Schedules whose runs of earlier platforms were seen to. */
    private final Set<String> adopted = new HashSet<>();

    /** What was said last of faults, by the schedule. */
    private final Map<String, String> faults = new HashMap<>();

    /** @param disk whose other backups wait for it, even if its group is removed meanwhile */
    private record Active(RunSteps steps, Run run, Schedule schedule, String disk) {}

    /**
     * @param lasting false: the platform ends with its command, and nothing is begun but what was asked for
     * @param whenOver told when there may be something to do: a run is over
     */
    Scheduler(RunSteps.Units units, boolean lasting, Runnable whenOver) {
        this.units = units;
        this.lasting = lasting;
        this.whenOver = whenOver;
    }

    /** Where the configurations of all schedules are read. */
    @FunctionalInterface
    interface Configurations {
        Collection<Settings> read() throws IOException;
    }

    /**
     * One look at all schedules. They are read under the lock: whoever removes one under it has it left alone from then on.
     *
     * @throws IOException if they cannot be read
     */
    synchronized void look(Configurations configurations) throws IOException {
        if (units.stop().getCount() == 0) {
            return;
        }
        Instant now = units.clock().instant();
        List<Agenda.Line> lines = new ArrayList<>();
        configurations.read().stream().filter(Settings::isUsable).forEach(settings -> line(settings, now)
                .ifPresent(lines::add));
        if (!lines.isEmpty()) {
            Agenda.starts(lines, busy(), now).forEach(start -> begin(start, now));
        }
        active.values().forEach(each -> each.steps.hold(Agenda.standsStill(each.schedule, each.run, now)));
    }

    private static boolean hasWaiting(History history) {
        return history.waiting(true).isPresent() || history.waiting(false).isPresent();
    }

    /** Empty if there is nothing to begin, or nothing can be. */
    private Optional<Agenda.Line> line(Settings settings, Instant now) {
        String name = settings.schedule().name();
        try {
            if (units.histories().get(name) == null) {
                units.histories().begin(name, now);
            }
            adopt(settings, now);
            if (lasting) {
                account(settings, now);
            }
            return active.containsKey(name) ? Optional.empty() : waiting(settings.schedule());
        } catch (IOException e) {
            LOG.debug("nothing of schedule {} can be begun", name, e);
        } catch (RuntimeException e) {
            // Of this one alone: the others are not to wait for it.
            tell(name, e);
        }
        return Optional.empty();
    }

    /** Once, and not at each look. */
    private void tell(String name, RuntimeException fault) {
        String said = fault.toString();
        if (!said.equals(faults.put(name, said))) {
            LOG.error("a fault of ours keeps schedule {} from being begun", name, fault);
        }
    }

    private void account(Settings settings, Instant now) throws IOException {
        String name = settings.schedule().name();
        boolean paused = settings.schedule().paused();
        Plan plan = settings.plan();
        Plan before = plans.getOrDefault(name, plan);
        units.histories()
                .update(
                        name,
                        history -> before == plan
                                ? history.account(plan, paused, now)
                                : history.replan(before, paused, now));
        plans.put(name, plan);
    }

    /** Which disk it is of is asked only then: of each group that is a search through all. */
    private Optional<Agenda.Line> waiting(Schedule schedule) throws IOException {
        History all = units.histories().get(schedule.name());
        History history = lasting ? all : onlyAsked(all);
        return hasWaiting(history)
                ? Optional.of(new Agenda.Line(schedule, units.subjects().queue(schedule), history))
                : Optional.empty();
    }

    private static History onlyAsked(History history) {
        return new History(
                history.handled(),
                history.paused(),
                history.runs().stream().filter(Run::isAsked).toList());
    }

    /** What ran when a platform ended, or this unit of it, goes on if its job does, and else is caught up with. */
    private void adopt(Settings settings, Instant now) throws IOException {
        String name = settings.schedule().name();
        if (adopted.contains(name)) {
            return;
        }
        Run run = units.histories().get(name).running().orElse(null);
        if (run != null) {
            goOn(settings, run, now);
        }
        if (!lasting) {
            units.histories()
                    .update(name, history -> history.abandonAsked(now, "the platform ended before it had begun"));
        }
        adopted.add(name);
    }

    private void goOn(Settings settings, Run run, Instant now) throws IOException {
        String name = settings.schedule().name();
        Optional<JobInfo> job = BackupJobs.of(run, units.subjects().names(settings.schedule()), units.jobs());
        if (BackupJobs.goesOn(run, job)) {
            long id = job.map(JobInfo::id).orElse(run.job());
            units.histories().update(name, history -> history.change(run.started(), running -> running.withJob(id)));
            launch(settings.schedule(), run.withJob(id));
        } else {
            units.histories().update(name, history -> history.interrupt(now, whyInterrupted(job.orElse(null))));
        }
    }

    static String whyInterrupted(JobInfo job) {
        String how = "the platform ended while it ran";
        return job == null || job.reason() == null ? how : how + ": job " + job.id() + ": " + job.reason();
    }

    /** Disks of which backups run, those that others have started too. */
    private Set<String> busy() {
        Set<String> busy = BackupJobs.busy(units.jobs());
        active.values().forEach(each -> busy.add(each.disk));
        return busy;
    }

    private void begin(Agenda.Start start, Instant now) {
        String name = start.line().schedule().name();
        try {
            long last = BackupJobs.last(units.jobs());
            if (units.histories().update(name, history -> history.begin(start.run(), now, last))) {
                launch(start.line().schedule(), start.run().begun(now, last));
            }
        } catch (IOException e) {
            // Its record may say that it runs all the same: then it is one that nobody has gone on with.
            adopted.remove(name);
            LOG.debug("a run of schedule {} waits", name, e);
        }
    }

    private void launch(Schedule schedule, Run run) {
        RunSteps steps = new RunSteps(units, schedule, run, () -> over(schedule.name()));
        Thread thread = new Thread(steps, "hikae-schedule-run " + schedule.name());
        thread.setDaemon(true);
        active.put(
                schedule.name(),
                new Active(steps, run, schedule, units.subjects().queue(schedule)));
        threads.add(thread);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            steps.fail(e);
            active.remove(schedule.name());
            threads.remove(thread);
        }
    }

    private void over(String name) {
        synchronized (this) {
            // With the unit stopped, its job goes on without it, and may be standing still.
            active.remove(name).steps.hold(false);
            threads.remove(Thread.currentThread());
        }
        whenOver.run();
    }

    /** Lets what stands still go on: nobody is there any more who would, once a window opens. */
    synchronized void release() {
        active.values().forEach(each -> each.steps.hold(false));
    }

    /** Whether what earlier platforms left of it was seen to. */
    synchronized boolean hasAdopted(String name) {
        return adopted.contains(name);
    }

    synchronized List<Thread> threads() {
        return List.copyOf(threads);
    }
}
