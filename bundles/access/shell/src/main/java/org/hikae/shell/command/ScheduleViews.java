package org.hikae.shell.command;

import java.time.Instant;
import java.time.ZoneId;
import org.hikae.api.group.Meta;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduleStatus;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.Cell;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Table;
import org.hikae.shell.text.Times;

/**
 * How schedules look: their times in their own zones, as they were given. Of one that somebody wrote by hand anything may be
 * missing.
 */
final class ScheduleViews {

    private ScheduleViews() {}

    static Listing<ScheduleStatus> listing(Call call) {
        return columns(call).wrong("PROBLEM", ScheduleStatus::problem);
    }

    /** As {@link #listing}, for a place where problems are shown elsewhere. */
    static Listing<ScheduleStatus> columns(Call call) {
        return new Listing<>(ScheduleViews::json)
                .text("NAME", status -> status.schedule().name())
                .text("OF", status -> subject(status.schedule()))
                .text("TO", status -> status.schedule().medium())
                .word("NEXT FULL", status -> next(status, status.nextFull(), call))
                .word("NEXT DIFFERENTIAL", status -> next(status, status.nextDifferential(), call))
                .column("LAST RUN", Table.Kind.WORD, status -> lastRun(status, call));
    }

    static ZoneId zone(ScheduleStatus status, Call call) {
        ZoneId own = status.schedule().zone();
        return own == null ? call.caller().zone() : own;
    }

    /** A schedule that is paused begins nothing. */
    static String next(ScheduleStatus status, Instant instant, Call call) {
        return status.schedule().paused() ? "paused" : Times.show(instant, zone(status, call));
    }

    private static Cell lastRun(ScheduleStatus status, Call call) {
        if (status.runs().isEmpty()) {
            return Cell.of(null);
        }
        ScheduledRun run = status.runs().get(0);
        Instant when = run.started() == null ? run.due() : run.started();
        Cell state = RunViews.state(run);
        return new Cell(state.text() + " " + Times.show(when, zone(status, call)), state.style());
    }

    /** {@code disk data} or {@code group docs}; null if it is not known. */
    static String subject(Schedule schedule) {
        if (schedule.subject() instanceof Schedule.OfGroup of) {
            return "group " + of.group();
        }
        return schedule.subject() instanceof Schedule.OfDisk of ? "disk " + of.disk() : null;
    }

    static Json json(ScheduleStatus status) {
        Schedule schedule = status.schedule();
        Schedule.OfGroup group = schedule.subject() instanceof Schedule.OfGroup of ? of : null;
        return new Json()
                .put("name", schedule.name())
                .put("disk", schedule.subject() instanceof Schedule.OfDisk of ? of.disk() : null)
                .put("group", group == null ? null : group.group())
                .put("meta", group == null ? null : MetaOption.word(group.meta()))
                .put("medium", schedule.medium())
                .put("full", schedule.full())
                .put("differential", schedule.differential())
                .put("zone", schedule.zone())
                .put("window", WindowOption.show(schedule.window()))
                .put("keep", KeepOption.json(schedule.keep()))
                .put("tape", TapePolicies.json(schedule.tape()))
                .put("paused", schedule.paused())
                .put("nextFull", status.nextFull())
                .put("nextDifferential", status.nextDifferential())
                .put(
                        "lastRun",
                        RunViews.json(
                                status.runs().isEmpty() ? null : status.runs().get(0)))
                .put("problem", status.problem());
    }

    static Details details(ScheduleStatus status, Call call) {
        Schedule schedule = status.schedule();
        Details details = new Details().put("name", schedule.name()).put("of", subject(schedule));
        if (schedule.subject() instanceof Schedule.OfGroup of) {
            details.put("names of", of.meta() == Meta.GROUP ? "its files" : "all files");
        }
        details.put("to", schedule.medium())
                .put("full", schedule.full())
                .put("differential", schedule.differential())
                .put("zone", Details.text(schedule.zone()))
                .put("window", schedule.window() == null ? "always open" : WindowOption.show(schedule.window()))
                .put(
                        "keep",
                        schedule.keep() == null ? "everything" : schedule.keep().text());
        if (schedule.tape() != null) {
            details.put("to tape", TapePolicies.show(schedule.tape()));
        }
        return details.put("next full", next(status, status.nextFull(), call))
                .put("next differential", next(status, status.nextDifferential(), call))
                .problem(status.problem());
    }
}
