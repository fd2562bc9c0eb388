package org.hikae.schedule;

import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.schedule.Schedule;

/** What is to become of a schedule's planned times, counted one by one: all that {@link History} must agree with. */
final class PlannedModel {

    /** Trying each minute takes long, and each year has the same. */
    private static final Map<List<Object>, NavigableSet<Instant>> KNOWN = new ConcurrentHashMap<>();

    private final Schedule schedule;
    private final NavigableSet<Instant> full;
    private final NavigableSet<Instant> all;

    /** Planned times up to here are dealt with. */
    private Instant seen;

    private boolean paused;
    private int dealtWith;
    private int leftOut;

    /** What waits: null: nothing does. */
    private Due waits;

    PlannedModel(Schedule schedule, Instant begin, Instant end) {
        this.schedule = schedule;
        this.seen = begin;
        full = times(schedule.full(), begin, end);
        all = new TreeSet<>(times(schedule.differential(), begin, end));
        all.addAll(full);
    }

    private NavigableSet<Instant> times(String expression, Instant begin, Instant end) {
        return expression == null
                ? new TreeSet<>()
                : KNOWN.computeIfAbsent(
                        List.of(expression, schedule.zone(), begin, end),
                        key -> new CronModel(expression, schedule.zone()).between(begin, end));
    }

    /** The clock shows that now, and somebody looks. */
    void look(boolean pausedNow, Instant now) {
        NavigableSet<Instant> due = now.isAfter(seen) ? all.subSet(seen, false, now, true) : new TreeSet<>();
        if (pausedNow || paused) {
            if (!pausedNow) {
                leftOut += due.size();
                dealtWith += due.size();
                seen = now.isAfter(seen) ? now : seen;
            }
            paused = pausedNow;
            return;
        }
        for (Instant at : due) {
            wait(at, at, 1, full.contains(at));
            dealtWith++;
            seen = at;
        }
    }

    /** What ran was interrupted, which is seen now. */
    void interrupted(Run run, Instant now) {
        wait(now, run.due(), run.covered(), run.full());
    }

    private void wait(Instant since, Instant due, int count, boolean isFull) {
        waits = waits == null
                ? new Due(since, due, count, isFull)
                : new Due(
                        waits.first(),
                        due.isAfter(waits.last()) ? due : waits.last(),
                        waits.count() + count,
                        waits.full() || isFull);
    }

    /** What waits; null: nothing does. */
    Due waits() {
        return waits;
    }

    void begun() {
        waits = null;
    }

    boolean mayRun(Instant now) {
        return waits != null && !paused && isOpen(now);
    }

    boolean isOpen(Instant now) {
        if (schedule.window() == null) {
            return true;
        }
        int from = minute(schedule.window().from());
        int to = minute(schedule.window().to());
        int minute = minute(now.atZone(schedule.zone()).toLocalTime());
        for (int open = from; open != to; open = (open + 1) % (24 * 60)) {
            if (open == minute) {
                return true;
            }
        }
        return false;
    }

    private static int minute(LocalTime time) {
        return time.getHour() * 60 + time.getMinute();
    }

    /** Number of planned times that a run stands for, or will. */
    int covered() {
        return dealtWith - leftOut;
    }

    int leftOut() {
        return leftOut;
    }
}
