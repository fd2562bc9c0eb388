package org.hikae.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hikae.api.schedule.ScheduledRun.State;

/**
 * What has become of a schedule's times: what is kept durably, and each step that it can take. A step that changes nothing
 * returns the same object. Immutable; knows no clock.
 *
 * @param handled each planned time up to this instant is one of a run's; never goes back, so that none is run twice whatever the clock says
 * @param paused whether it was so when last looked at
 * @param runs those that wait or run first, the newest first; one runs at most, and one waits of each kind: planned and asked for
 */
record History(Instant handled, boolean paused, List<Run> runs) {

    static final int KEPT = 100;

    /** Those that are not over before the others, which stay as they are. */
    private static final Comparator<Run> OPEN_FIRST = Comparator.comparing(Run::isOver);

    History {
        runs = List.copyOf(runs);
    }

    static History from(Instant now) {
        return new History(now, false, List.of());
    }

    Optional<Run> running() {
        return find(run -> run.state() == State.RUNNING);
    }

    Optional<Run> waiting(boolean asked) {
        return find(run -> run.state() == State.WAITING && run.isAsked() == asked);
    }

    Optional<Run> lastOver() {
        return find(Run::isOver);
    }

    private Optional<Run> find(Predicate<Run> wanted) {
        return runs.stream().filter(wanted).findFirst();
    }

    /** Takes what has come due: what waits already stands for that too. What comes due while it is paused is left out. */
    History account(Plan plan, boolean pausedNow, Instant now) {
        if (pausedNow) {
            return paused ? this : new History(handled, true, runs);
        }
        if (paused) {
            return new History(now.isAfter(handled) ? now : handled, false, runs);
        }
        Due due = plan.due(handled, now);
        return due == null ? this : new History(due.last(), false, waitFor(due.first(), due));
    }

    /**
     * Goes by other times from now on. What they would have been until now was never planned.
     *
     * @param before the plan until now
     */
    History replan(Plan before, boolean pausedNow, Instant now) {
        History until = account(before, pausedNow, now);
        return new History(now.isAfter(until.handled) ? now : until.handled, until.paused, until.runs);
    }

    private List<Run> waitFor(Instant since, Due due) {
        Optional<Run> waiting = waiting(false);
        return waiting.isPresent() ? replaced(waiting.get(), waiting.get().with(due)) : added(Run.waiting(since, due));
    }

    /** @throws IllegalStateException if one that was asked for waits */
    History ask(boolean full, Instant now) {
        if (waiting(true).isPresent()) {
            throw new IllegalStateException("a run that was asked for waits already");
        }
        return new History(handled, paused, added(Run.asked(now, full)));
    }

    /** Lets that one run; the same history if it does not wait any more. */
    History begin(Run run, Instant now, long lastJob) {
        return runs.contains(run) && running().isEmpty()
                ? new History(handled, paused, replaced(run, run.begun(now, lastJob)))
                : this;
    }

    /**
     * Changes the run that began then; the same history if it has been forgotten.
     *
     * @param change to one that runs on, or is over
     */
    History change(Instant started, UnaryOperator<Run> change) {
        return running()
                .filter(run -> run.started().equals(started))
                .map(run -> new History(handled, paused, replaced(run, change.apply(run))))
                .orElse(this);
    }

    /** What runs ended with its platform; its planned times are caught up with once, with all that came due since. */
    History interrupt(Instant now, String reason) {
        Optional<Run> running = running();
        if (running.isEmpty()) {
            return this;
        }
        Run run = running.get();
        List<Run> ended = replaced(run, run.over(State.INTERRUPTED, now, reason));
        History history = new History(handled, paused, ended);
        return run.isAsked()
                ? history
                : new History(
                        handled,
                        paused,
                        history.waitFor(now, new Due(run.due(), run.due(), run.covered(), run.full())));
    }

    /** Nobody waits any more for what was asked for and has not begun. */
    History abandonAsked(Instant now, String reason) {
        return waiting(true)
                .map(run -> new History(handled, paused, replaced(run, run.over(State.CANCELLED, now, reason))))
                .orElse(this);
    }

    private List<Run> added(Run run) {
        return sorted(Stream.concat(Stream.of(run), runs.stream()).toList());
    }

    /** One that has ended comes before those that have before it. */
    private List<Run> replaced(Run old, Run now) {
        List<Run> all = new ArrayList<>(runs);
        int at = all.indexOf(old);
        if (now.isOver()) {
            all.remove(at);
            all.add(0, now);
        } else {
            all.set(at, now);
        }
        return sorted(all);
    }

    private static List<Run> sorted(List<Run> all) {
        return all.stream().sorted(OPEN_FIRST).limit(KEPT).toList();
    }
}
