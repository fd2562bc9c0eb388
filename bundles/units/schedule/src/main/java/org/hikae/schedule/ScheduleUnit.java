package org.hikae.schedule;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.TapeJobs;
import org.hikae.api.disk.Disks;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Jobs;
import org.hikae.api.media.Media;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduleStatus;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.api.schedule.Schedules;
import org.hikae.config.Configured;
import org.hikae.config.PlatformHome;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one registry of schedules (b.4), which begins their runs. */
@Component(service = {Schedules.class, ScheduleUnit.class})
public final class ScheduleUnit implements Schedules {

    static final String PID = "org.hikae.schedule";

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleUnit.class);
    private static final long PATIENCE_MILLIS = 10_000;

    private final InstantSource clock;
    private final ConfiguredSchedules configured;
    private final Histories histories;
    private final Scheduler scheduler;
    private final Statuses statuses;
    private final Problems problems;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Looking looking = new Looking(this::look, stop);

    /** @param clock what goes by time goes by this clock, if a platform has one of its own; null: the system's */
    @Activate
    public ScheduleUnit(
            BundleContext context,
            @Reference ConfigurationAdmin admin,
            @Reference Backups backups,
            @Reference TapeJobs tapeJobs,
            @Reference Jobs jobs,
            @Reference Disks disks,
            @Reference Media media,
            @Reference Groups groups,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    InstantSource clock) {
        this.clock = clock == null ? InstantSource.system() : clock;
        boolean lasting = isLasting(context);
        configured = new ConfiguredSchedules(admin);
        Subjects subjects = new Subjects(groups, configured::all);
        histories = new Histories(PlatformHome.folder(context, "schedules"));
        scheduler = new Scheduler(
                new RunSteps.Units(histories, backups, tapeJobs, jobs, subjects, this.clock, stop),
                lasting,
                looking::now);
        problems = new Problems(disks, media, subjects, lasting);
        statuses = new Statuses(histories, problems, subjects, scheduler, jobs);
        if (lasting) {
            looking.begin();
        }
    }

    /** Whether the platform does not end with a command. */
    static boolean isLasting(BundleContext context) {
        return !"command".equals(context.getProperty("hikae.purpose"));
    }

    /** Runs go on: their jobs are others', and are found again. */
    @Deactivate
    void deactivate() {
        stop.countDown();
        looking.now();
        scheduler.release();
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        for (Thread thread : scheduler.threads()) {
            try {
                // One that is just starting a job still records its number.
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Looks at once, for those whose clock was set. */
    void wake() {
        looking.now();
    }

    private void look() {
        try {
            scheduler.look(configured::all);
        } catch (IOException e) {
            LOG.warn("the configurations of schedules cannot be read", e);
        }
    }

    @Override
    public List<ScheduleStatus> list() {
        try {
            Instant now = clock.instant();
            List<ScheduleStatus> list = new ArrayList<>();
            configured.all().forEach(settings -> list.add(statuses.of(settings, now)));
            return list;
        } catch (IOException e) {
            throw new IllegalStateException("the configurations of schedules cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public ScheduleStatus get(String name) throws IOException {
        return statuses.of(configured.get(name), clock.instant());
    }

    @Override
    public void add(Schedule schedule) throws IOException {
        configured.checkNew(schedule.name());
        Map<String, Object> properties = Settings.properties(schedule);
        Settings settings = Settings.of(schedule.name(), properties);
        Instant now = clock.instant();
        if (!settings.isUsable()) {
            throw new IOException(settings.problem());
        }
        checkComes(schedule.full(), settings.plan().nextFull(now));
        checkComes(schedule.differential(), settings.plan().nextDifferential(now));
        problems.check(settings);
        synchronized (scheduler) {
            configured.checkNew(schedule.name());
            histories.begin(schedule.name(), now);
            configured.store(schedule.name(), properties);
        }
        looking.now();
    }

    private static void checkComes(String times, Instant next) throws IOException {
        if (times != null && next == null) {
            throw new IOException("the times '" + times + "' never come");
        }
    }

    /** What came due before is recorded first: only what does from now on is left out. */
    @Override
    public void pause(String name) throws IOException {
        Settings settings = configured.get(name);
        synchronized (scheduler) {
            account(settings, settings.schedule().paused() || !settings.isUsable());
            configured.setPaused(name, true);
            account(settings, true);
        }
    }

    /** That it was paused is recorded first: whatever happens then, what came due meanwhile is left out. */
    @Override
    public void resume(String name) throws IOException {
        Settings settings = configured.get(name);
        if (!settings.schedule().paused()) {
            throw new IOException("schedule '" + name + "' is not paused");
        }
        synchronized (scheduler) {
            account(settings, true);
            configured.setPaused(name, false);
            account(settings, false);
        }
        looking.now();
    }

    private void account(Settings settings, boolean paused) throws IOException {
        if (Configured.isName(settings.schedule().name())) {
            histories.update(
                    settings.schedule().name(), history -> history.account(settings.plan(), paused, clock.instant()));
        }
    }

    @Override
    public ScheduledRun run(String name, boolean full) throws IOException {
        Settings settings = configured.get(name);
        if (!settings.isUsable()) {
            throw new IOException("schedule '" + name + "' cannot be run: " + settings.problem());
        }
        // What an earlier platform has left of it first.
        look();
        try {
            histories.update(name, history -> history.ask(full, clock.instant()));
        } catch (IllegalStateException e) {
            throw new IOException("schedule '" + name + "': " + e.getMessage(), e);
        }
        look();
        looking.begin();
        return get(name).runs().stream()
                .filter(run -> run.covered() == 0)
                .findFirst()
                .orElseThrow(() -> new IOException("schedule '" + name + "' was removed meanwhile"));
    }

    @Override
    public void remove(String name) throws IOException {
        synchronized (scheduler) {
            configured.remove(name);
            if (Configured.isName(name)) {
                histories.forget(name);
            }
        }
    }
}
