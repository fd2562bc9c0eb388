package org.hikae.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.hikae.api.group.Group;
import org.hikae.api.schedule.ScheduleStatus;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.job.JobsComponent;

/** The real component with real jobs, on a home of its own, and a clock that stands until it is set. */
final class TestPlatform implements AutoCloseable {

    static final String MEDIUM = "vault";
    static final Group GROUP = new Group("papers", "d2", List.of("*.txt"));

    private final Path home;
    private final String purpose;
    final Map<String, Map<String, Object>> configurations;
    final JobsComponent jobs;
    final FakeBackups backups;
    private volatile Instant now;
    ScheduleUnit unit;

    /** @param configurations what an earlier one has left */
    TestPlatform(Path home, String purpose, Instant now, Map<String, Map<String, Object>> configurations)
            throws IOException {
        this.home = home;
        this.purpose = purpose;
        this.now = now;
        this.configurations = Collections.synchronizedMap(new TreeMap<>(configurations));
        jobs = new JobsComponent(Fakes.context(home.toString(), purpose));
        backups = new FakeBackups(jobs);
    }

    /** Apart from the platform's start, so that a test can say first how its backups go. */
    TestPlatform begin() {
        InstantSource clock = () -> now;
        unit = new ScheduleUnit(
                Fakes.context(home.toString(), purpose),
                Fakes.configurations(configurations),
                backups,
                Fakes.tapeJobs(backups),
                jobs,
                Fakes.disks("d1", "d2"),
                Fakes.media(MEDIUM),
                Fakes.groups(GROUP),
                clock);
        return this;
    }

    void set(Instant instant) {
        now = instant;
        unit.wake();
    }

    Instant now() {
        return now;
    }

    /** The newest run, or the one that is not over. */
    ScheduledRun first(String schedule) throws IOException {
        return unit.get(schedule).runs().get(0);
    }

    /** Waits until a schedule's status is so. */
    ScheduleStatus await(String schedule, Predicate<ScheduleStatus> wanted) {
        return Awaitility.await("status of " + schedule)
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> unit.get(schedule), wanted);
    }

    /** Waits until the newest run is in that state, and returns it. */
    ScheduledRun awaitFirst(String schedule, ScheduledRun.State state) {
        return await(
                        schedule,
                        status ->
                                !status.runs().isEmpty() && status.runs().get(0).state() == state)
                .runs()
                .get(0);
    }

    /** What a crash now would leave. */
    void copyHome(Path to) throws IOException {
        for (String folder : List.of("schedules", "jobs")) {
            Files.createDirectories(to.resolve(folder));
            try (Stream<Path> files = Files.list(home.resolve(folder))) {
                for (Path file :
                        files.filter(name -> name.toString().endsWith(".json")).toList()) {
                    Files.copy(file, to.resolve(folder).resolve(file.getFileName()));
                }
            }
        }
    }

    @Override
    public void close() {
        backups.endsAtOnce = true;
        unit.deactivate();
        // Their ends are still recorded in the home.
        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> jobs.running()
                .isEmpty());
    }

    /** Changes a configuration as an editor would: nobody looks whether it can be. */
    void configure(String name, Map<String, Object> right, String property, String value) {
        Map<String, Object> properties = new HashMap<>(right);
        properties.put("name", name);
        properties.put(property, value);
        configurations.put(name, properties);
    }
}
