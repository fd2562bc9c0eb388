package org.hikae.shell.command;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduleStatus;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.api.schedule.ScheduledRun.State;
import org.hikae.api.schedule.Schedules;

/** Schedules in a list. A run that is asked for goes through prepared states, one for each time that it is looked at. */
final class FakeSchedules implements Schedules {

    static final Instant NEXT_FULL = Instant.parse("2026-11-08T02:00:00Z");
    static final Instant NEXT_DIFFERENTIAL = Instant.parse("2026-11-06T02:00:00Z");

    final Map<String, Schedule> schedules = new TreeMap<>();
    final Map<String, String> problems = new TreeMap<>();
    /** Runs of all of them, the newest first. */
    final List<ScheduledRun> runs = new ArrayList<>();
    /** How a run that is asked for goes on; the last one stays. */
    final Deque<ScheduledRun> states = new ArrayDeque<>();

    final List<String> asked = new ArrayList<>();

    static ScheduledRun run(State state, long job, String reason) {
        boolean ended = state != State.WAITING && state != State.RUNNING;
        return new ScheduledRun(
                Platform.NOON,
                0,
                true,
                state,
                job == 0 ? null : Platform.NOON,
                ended ? Platform.NOON.plusSeconds(1) : null,
                job,
                state == State.DONE ? "data@3" : null,
                reason);
    }

    @Override
    public List<ScheduleStatus> list() {
        return schedules.values().stream().map(this::status).toList();
    }

    private ScheduleStatus status(Schedule schedule) {
        List<ScheduledRun> shown = new ArrayList<>(runs);
        if (!states.isEmpty()) {
            shown.add(0, states.getFirst());
        }
        return new ScheduleStatus(
                schedule,
                schedule.full() == null ? null : NEXT_FULL,
                schedule.differential() == null ? null : NEXT_DIFFERENTIAL,
                shown,
                problems.get(schedule.name()));
    }

    @Override
    public ScheduleStatus get(String name) throws IOException {
        if (!schedules.containsKey(name)) {
            throw new IOException("there is no schedule '" + name + "'; see 'schedule list'");
        }
        if (states.size() > 1) {
            states.removeFirst();
        }
        return status(schedules.get(name));
    }

    @Override
    public void add(Schedule schedule) throws IOException {
        if (schedules.putIfAbsent(schedule.name(), schedule) != null) {
            throw new IOException("there is a schedule '" + schedule.name() + "' already");
        }
    }

    @Override
    public void pause(String name) throws IOException {
        change(name, true);
    }

    @Override
    public void resume(String name) throws IOException {
        change(name, false);
    }

    private void change(String name, boolean paused) throws IOException {
        Schedule old = get(name).schedule();
        schedules.put(
                name,
                new Schedule(
                        name,
                        old.subject(),
                        old.medium(),
                        old.full(),
                        old.differential(),
                        old.zone(),
                        old.window(),
                        old.keep(),
                        old.tape(),
                        paused));
    }

    @Override
    public ScheduledRun run(String name, boolean full) throws IOException {
        asked.add(name + (full ? " full" : " differential"));
        if (!schedules.containsKey(name)) {
            throw new IOException("there is no schedule '" + name + "'; see 'schedule list'");
        }
        return states.getFirst();
    }

    @Override
    public void remove(String name) throws IOException {
        get(name);
        schedules.remove(name);
    }
}
