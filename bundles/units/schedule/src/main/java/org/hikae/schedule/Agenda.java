package org.hikae.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hikae.api.schedule.Schedule;

/** What to do at an instant, by what is planned and what has become of it. Knows no clock, and does nothing itself. */
final class Agenda {

    /**
     * A schedule as it stands.
     *
     * @param disk whose backups it queues with
     */
    record Line(Schedule schedule, String disk, History history) {}

    /** A run to let run now. */
    record Start(Line line, Run run) {}

    /** The one that has waited longest comes first. */
    private static final Comparator<Start> QUEUE = Comparator.comparing(
                    (Start start) -> start.run().since())
            .thenComparing(start -> start.line().schedule().name());

    private Agenda() {}

    /**
     * What begins now: of each disk the first that may.
     *
     * @param busy disks of which a backup runs
     */
    static List<Start> starts(Collection<Line> lines, Set<String> busy, Instant now) {
        Set<String> taken = new HashSet<>(busy);
        List<Start> starts = new ArrayList<>();
        lines.stream()
                .filter(line -> line.history().running().isEmpty())
                .flatMap(line -> waiting(line, now))
                .sorted(QUEUE)
                .filter(start -> taken.add(start.line().disk()))
                .forEach(starts::add);
        return starts;
    }

    /** Of one schedule only the first: the other one waits for it. */
    private static Stream<Start> waiting(Line line, Instant now) {
        return Stream.of(true, false)
                .map(line.history()::waiting)
                .flatMap(Optional::stream)
                .filter(run -> mayRun(line.schedule(), run, now))
                .min(Comparator.comparing(Run::since))
                .map(run -> new Start(line, run))
                .stream();
    }

    private static boolean mayRun(Schedule schedule, Run run, Instant now) {
        return run.isAsked() || (!schedule.paused() && OpenHours.areNow(schedule, now));
    }

    /** Whether what runs is to stand still. */
    static boolean standsStill(Schedule schedule, Run run, Instant now) {
        return !run.isAsked() && !OpenHours.areNow(schedule, now);
    }

    /**
     * Why a run of it waits.
     *
     * @param disk whose backups it queues with
     */
    static String whyWaits(Schedule schedule, Run run, String disk, Instant now) {
        if (!run.isAsked() && schedule.paused()) {
            return "the schedule is paused";
        }
        if (!mayRun(schedule, run, now)) {
            return "for its window, which opens at " + schedule.window().from() + " (" + schedule.zone() + ")";
        }
        return "for another backup of disk " + disk + " to end";
    }
}
