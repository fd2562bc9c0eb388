package org.hikae.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduledRun.State;

/**
 * A platform without anything but the state machine, whose memory is lost now and then between any two steps: what is left are the
 * bytes that were written. Each step is compared with a model of each schedule.
 */
final class SimulatedPlatform {

    private static final Duration BEYOND = Duration.ofDays(60);

    private final Map<String, Schedule> schedules = new LinkedHashMap<>();
    private final Map<String, Plan> plans = new HashMap<>();
    private final Map<String, PlannedModel> models = new HashMap<>();
    private final Random random;
    private final String message;
    private Instant now;

    /** What is durable. */
    private final Map<String, History> durable = new HashMap<>();
    /** What a crash takes. */
    private final Map<String, Work> working = new TreeMap<>();

    private final Map<String, Integer> done = new HashMap<>();
    private int outages;
    private int interrupted;
    private int stoodStill;
    private int ended;

    /** A job in memory. */
    private static final class Work {
        private final Run run;
        private long minutesLeft;

        Work(Run run, long minutes) {
            this.run = run;
            this.minutesLeft = minutes;
        }
    }

    /** The platform ended, between two steps. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    SimulatedPlatform(List<Schedule> list, Instant begin, Random random, String message) {
        this.now = begin;
        this.random = random;
        this.message = message;
        for (Schedule schedule : list) {
            String name = schedule.name();
            schedules.put(name, schedule);
            plans.put(name, Plan.of(schedule));
            models.put(
                    name,
                    new PlannedModel(
                            schedule, begin, begin.plus(Duration.ofDays(365)).plus(BEYOND)));
            durable.put(name, History.from(begin));
            done.put(name, 0);
        }
    }

    /** What a platform reads that starts: the bytes that were written. */
    private static History reread(History history) {
        try {
            return HistoryJson.read(HistoryJson.write(history));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private History history(String name) {
        return durable.get(name);
    }

    private void update(String name, UnaryOperator<History> step) {
        durable.computeIfPresent(name, (same, history) -> step.apply(history));
    }

    private boolean chance(int oneOf) {
        return random.nextInt(oneOf) == 0;
    }

    private void maybeCrash() {
        if (chance(300)) {
            throw new Crash();
        }
    }

    void step() {
        long minutes = 1L + random.nextInt(40);
        now = now.plus(Duration.ofMinutes(minutes)).plusSeconds(random.nextInt(60));
        if (chance(500)) {
            now = now.plus(chance(2) ? Duration.ofMinutes(-random.nextInt(300)) : Duration.ofHours(random.nextInt(60)));
        }
        schedules.replaceAll((name, schedule) ->
                chance(schedule.paused() ? 40 : 1500) ? paused(schedule, !schedule.paused()) : schedule);
        try {
            work(minutes);
            look();
        } catch (Crash e) {
            crash();
        }
        check();
    }

    private static Schedule paused(Schedule schedule, boolean paused) {
        return new Schedule(
                schedule.name(),
                schedule.subject(),
                schedule.medium(),
                schedule.full(),
                schedule.differential(),
                schedule.zone(),
                schedule.window(),
                schedule.keep(),
                paused);
    }

    private void work(long minutes) {
        for (String name : List.copyOf(working.keySet())) {
            Work work = working.get(name);
            boolean still = Agenda.standsStill(schedules.get(name), work.run, now);
            assertThat(still).as(message).isNotEqualTo(models.get(name).isOpen(now));
            stoodStill += still ? 1 : 0;
            work.minutesLeft -= still ? 0 : minutes;
            if (work.minutesLeft <= 0) {
                maybeCrash();
                end(name, work.run);
                maybeCrash();
            }
        }
    }

    private void end(String name, Run run) {
        update(name, history -> history.change(run.started(), each -> each.over(State.DONE, now, null)));
        done.merge(name, run.covered(), Integer::sum);
        working.remove(name);
        ended++;
    }

    private void look() {
        for (Schedule schedule : schedules.values()) {
            update(schedule.name(), history -> history.account(plans.get(schedule.name()), schedule.paused(), now));
            models.get(schedule.name()).look(schedule.paused(), now);
        }
        maybeCrash();
        List<Agenda.Line> lines = new ArrayList<>();
        schedules.forEach((name, schedule) -> lines.add(new Agenda.Line(schedule, disk(name), history(name))));
        Set<String> busy = busy();
        List<Agenda.Start> starts = Agenda.starts(lines, busy, now);
        assertThat(starts.stream().map(start -> start.line().schedule().name()))
                .as(message)
                .containsExactlyInAnyOrderElementsOf(expectedStarts(busy));
        starts.forEach(this::begin);
    }

    private Set<String> busy() {
        Set<String> busy = new HashSet<>();
        working.keySet().forEach(name -> busy.add(disk(name)));
        return busy;
    }

    private String disk(String name) {
        return ((Schedule.OfDisk) schedules.get(name).subject()).disk();
    }

    /** Of each disk that is free, who has waited longest. */
    private Set<String> expectedStarts(Set<String> busy) {
        Map<String, String> first = new HashMap<>();
        schedules.keySet().stream()
                .filter(name -> models.get(name).mayRun(now) && !busy.contains(disk(name)))
                .sorted(Comparator.comparing(
                                (String name) -> models.get(name).waits().first())
                        .thenComparing(name -> name))
                .forEach(name -> first.putIfAbsent(disk(name), name));
        return Set.copyOf(first.values());
    }

    private void begin(Agenda.Start start) {
        String name = start.line().schedule().name();
        update(name, history -> history.begin(start.run(), now, 0));
        models.get(name).begun();
        // Until it has a job, it is known by its record alone.
        maybeCrash();
        working.put(name, new Work(history(name).running().orElseThrow(), 5 + random.nextInt(300)));
    }

    private void crash() {
        outages++;
        working.clear();
        now = now.plus(Duration.ofMinutes(random.nextInt(chance(5) ? 15_000 : 300)));
        durable.replaceAll((name, history) -> reread(history));
        for (String name : schedules.keySet()) {
            Optional<Run> running = history(name).running();
            update(name, history -> history.interrupt(now, "the platform ended"));
            running.ifPresent(run -> models.get(name).interrupted(run, now));
            interrupted += running.isPresent() ? 1 : 0;
        }
    }

    /** Each planned time is one of exactly one run's, or was left out by a pause. */
    private void check() {
        Set<String> disks = new HashSet<>();
        schedules.keySet().forEach(name -> {
            History history = history(name);
            PlannedModel model = models.get(name);
            Due waits = history.waiting(false)
                    .map(run -> new Due(run.since(), run.due(), run.covered(), run.full()))
                    .orElse(null);
            assertThat(waits).as("%s at %s, %s", name, now, message).isEqualTo(model.waits());
            int running = history.running().map(Run::covered).orElse(0);
            int waiting = waits == null ? 0 : waits.count();
            assertThat(done.get(name) + running + waiting)
                    .as("%s at %s, %s", name, now, message)
                    .isEqualTo(model.covered());
            assertThat(running == 0 || disks.add(disk(name)))
                    .as("one run on disk of " + name)
                    .isTrue();
            assertThat(history.runs()).hasSizeLessThanOrEqualTo(History.KEPT);
        });
    }

    Instant now() {
        return now;
    }

    int outages() {
        return outages;
    }

    int interrupted() {
        return interrupted;
    }

    int stoodStill() {
        return stoodStill;
    }

    int ended() {
        return ended;
    }

    int leftOut() {
        return models.values().stream().mapToInt(PlannedModel::leftOut).sum();
    }
}
