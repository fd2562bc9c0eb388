package org.hikae.schedule;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.hikae.api.disk.Disks;
import org.hikae.api.media.Media;
import org.hikae.api.schedule.ScheduledRun.State;

/** What is wrong with a schedule, in a sentence: what keeps it from running comes first. */
final class Problems {

    private static final Duration LONG_WAIT = Duration.ofDays(1);
    /** Clocks are set by less than that without anybody's mistake. */
    private static final Duration CLOCK_SET_BACK = Duration.ofHours(1);
    /** A platform that stays takes what is due within seconds. */
    private static final Duration MISSED = Duration.ofMinutes(1);

    private final Disks disks;
    private final Media media;
    private final Subjects subjects;
    private final boolean lasting;

    /** @param lasting whether this platform begins what is due */
    Problems(Disks disks, Media media, Subjects subjects, boolean lasting) {
        this.disks = disks;
        this.media = media;
        this.subjects = subjects;
        this.lasting = lasting;
    }

    /**
     * Null: nothing is wrong.
     *
     * @param history null: there is none yet
     * @param unrecorded what keeps the history from being read or written; null: nothing does
     */
    String of(Settings settings, History history, String unrecorded, Instant now) {
        if (!settings.isUsable() || unrecorded != null) {
            return settings.isUsable() ? unrecorded : settings.problem();
        }
        Stream<Optional<String>> told = history == null
                ? Stream.of(missing(settings))
                : Stream.of(
                        missing(settings),
                        lastRun(history),
                        waits(settings, history, now),
                        missed(settings, history, now),
                        clock(history, now));
        return told.flatMap(Optional::stream).findFirst().orElse(null);
    }

    private Optional<String> missing(Settings settings) {
        try {
            check(settings);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** @throws IOException if its disk, group or medium is not there, or cannot be used */
    void check(Settings settings) throws IOException {
        String disk = subjects.disk(settings.schedule());
        String problem = disks.list().stream()
                .filter(each -> each.name().equals(disk))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no disk '" + disk + "'; see 'disk list'"))
                .problem();
        String medium = settings.schedule().medium();
        String mediumProblem = media.get(medium).problem();
        if (problem != null || mediumProblem != null) {
            throw new IOException(
                    problem != null ? "disk " + disk + ": " + problem : "medium " + medium + ": " + mediumProblem);
        }
    }

    private static Optional<String> lastRun(History history) {
        return history.lastOver()
                .filter(run -> run.state() == State.FAILED || run.state() == State.INTERRUPTED)
                .map(run -> "the last run, due at " + run.due()
                        + (run.state() == State.FAILED ? ", failed: " : ", was interrupted: ") + run.reason());
    }

    private Optional<String> waits(Settings settings, History history, Instant now) {
        return history.waiting(false)
                .filter(run -> !settings.schedule().paused())
                .filter(run -> run.since().plus(LONG_WAIT).isBefore(now))
                .map(run -> "a run waits since " + run.since() + ": "
                        + Agenda.whyWaits(settings.schedule(), run, subjects.queue(settings.schedule()), now));
    }

    /** In a platform that stays, too: whatever has kept it from beginning a run is not to go unnoticed. */
    private Optional<String> missed(Settings settings, History history, Instant now) {
        if (history.paused() || settings.schedule().paused()) {
            return Optional.empty();
        }
        Instant due = settings.plan().next(history.handled());
        boolean missed = due != null && due.plus(MISSED).isBefore(now);
        String why = lasting
                ? "this platform has not begun it; see the log"
                : "nothing serves this home; start 'hikae serve'";
        return missed ? Optional.of("the run due at " + due + " was missed: " + why) : Optional.empty();
    }

    private static Optional<String> clock(History history, Instant now) {
        return history.handled().minus(CLOCK_SET_BACK).isAfter(now)
                ? Optional.of("the clock was set back: its times up to " + history.handled()
                        + " have been run, and none of them is run twice; if it was wrong then, remove the schedule and add"
                        + " it again")
                : Optional.empty();
    }
}
