package org.hikae.shell.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.api.schedule.ScheduledRun.State;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.Cell;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Style;
import org.hikae.shell.text.Table;
import org.hikae.shell.text.Times;

/** How runs of schedules look. */
final class RunViews {

    private RunViews() {}

    /** @param zone in which times are shown */
    static Listing<ScheduledRun> listing(Call call, ZoneId zone) {
        return new Listing<>(RunViews::json)
                .word("DUE", run -> Times.show(run.due(), zone))
                .word("KIND", run -> run.full() ? "full" : "differential")
                .number("COVERED", run -> run.covered() == 0 ? "asked for" : Integer.toString(run.covered()))
                .column("STATE", Table.Kind.WORD, RunViews::state)
                .word("STARTED", run -> Times.show(run.started(), zone))
                .number("TOOK", run -> took(run, call.caller().clock().instant()))
                .text("GENERATION", ScheduledRun::generation)
                .number("JOB", run -> run.job() == 0 ? null : Long.toString(run.job()))
                .wrong("REASON", ScheduledRun::reason);
    }

    static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static Cell state(ScheduledRun run) {
        Style style =
                switch (run.state()) {
                    case WAITING, RUNNING -> Style.PLAIN;
                    case DONE -> Style.GOOD;
                    case CANCELLED -> Style.WARNING;
                    case FAILED, INTERRUPTED -> Style.BAD;
                };
        return new Cell(word(run.state()), style);
    }

    static boolean hasEnded(ScheduledRun run) {
        return run.state() != State.WAITING && run.state() != State.RUNNING;
    }

    private static String took(ScheduledRun run, Instant now) {
        if (run.started() == null) {
            return null;
        }
        Duration took = Duration.between(run.started(), run.ended() == null ? now : run.ended());
        return Times.show(took.isNegative() ? Duration.ZERO : took);
    }

    /** Null for null. */
    static Json json(ScheduledRun run) {
        return run == null
                ? null
                : new Json()
                        .put("due", run.due())
                        .put("covered", run.covered())
                        .put("full", run.full())
                        .put("state", word(run.state()))
                        .put("started", run.started())
                        .put("ended", run.ended())
                        .put("job", run.job() == 0 ? null : run.job())
                        .put("generation", run.generation())
                        .put("reason", run.reason());
    }
}
