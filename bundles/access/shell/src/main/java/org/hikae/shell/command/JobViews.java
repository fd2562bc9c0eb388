package org.hikae.shell.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.JobInfo.State;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteRate;
import org.hikae.shell.text.Cell;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Style;
import org.hikae.shell.text.Table;
import org.hikae.shell.text.Times;

/** How jobs look. */
final class JobViews {

    private JobViews() {}

    static Listing<JobInfo> listing(Call call) {
        return new Listing<>(JobViews::json)
                .number("ID", job -> Long.toString(job.id()))
                .word("KIND", JobInfo::kind)
                .text("SUBJECT", JobInfo::subject)
                .column("STATE", Table.Kind.WORD, JobViews::stateAndPercents)
                .word("STARTED", job -> Times.show(job.started(), call.caller().zone()))
                .number("TOOK", job -> took(job, call.caller().clock()))
                .wrong("REASON", JobInfo::reason);
    }

    static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static Cell state(JobInfo job) {
        if (isPaused(job)) {
            return new Cell("paused", Style.WARNING);
        }
        Style style =
                switch (job.state()) {
                    case RUNNING -> Style.PLAIN;
                    case DONE -> Style.GOOD;
                    case CANCELLED -> Style.WARNING;
                    case FAILED, INTERRUPTED, UNREADABLE -> Style.BAD;
                };
        return new Cell(word(job.state()), style);
    }

    /** It runs, and stands still; what has ended does neither. */
    private static boolean isPaused(JobInfo job) {
        return job.state() == State.RUNNING && job.paused();
    }

    private static Cell stateAndPercents(JobInfo job) {
        boolean percents = job.state() == State.RUNNING && job.totalBytes() > 0;
        Cell state = state(job);
        return percents ? new Cell(state.text() + " " + ProgressLine.percent(job) + "%", state.style()) : state;
    }

    /** Null if it is not known. */
    private static String took(JobInfo job, Clock clock) {
        if (job.started() == null) {
            return null;
        }
        Instant end = job.ended() == null ? clock.instant() : job.ended();
        Duration took = Duration.between(job.started(), end);
        return Times.show(took.isNegative() ? Duration.ZERO : took);
    }

    static Json json(JobInfo job) {
        return new Json()
                .put("id", job.id())
                .put("kind", job.kind())
                .put("subject", job.subject())
                .put("state", word(job.state()))
                .put("paused", isPaused(job))
                .put("phase", job.phase())
                .known("doneBytes", job.doneBytes())
                .known("totalBytes", job.totalBytes())
                .put("bytesPerSecond", job.bytesPerSecond())
                .known("etaSeconds", job.etaSeconds())
                .put("started", job.started())
                .put("ended", job.ended())
                .put("reason", job.reason())
                .put("result", job.result());
    }

    /** Everything known of a job. */
    static Details details(JobInfo job, Call call) {
        Details details = new Details()
                .put("job", Long.toString(job.id()))
                .put("kind", job.kind())
                .put("subject", job.subject())
                .put("state", state(job))
                .put("phase", job.phase())
                .bytes("done", job.doneBytes())
                .bytes("of", job.totalBytes())
                .put("rate", ByteRate.show(job.bytesPerSecond()))
                .put("started", Times.showExactly(job.started(), call.caller().zone()))
                .put("ended", Times.showExactly(job.ended(), call.caller().zone()))
                .put("took", took(job, call.caller().clock()));
        if (job.reason() != null) {
            details.put("reason", Cell.problem(job.reason()));
        }
        addResult(details, job);
        return details;
    }

    /** The result of a job that is done: what it made, and how fast. */
    static Details summary(JobInfo job, Call call) {
        Details details = new Details();
        addResult(details, job);
        if (job.result().get("readBytes") instanceof Long read
                && job.result().get("storedBytes") instanceof Long stored
                && read > 0
                && stored > 0) {
            details.put("ratio", String.format(Locale.ROOT, "%.2f to 1", (double) read / stored));
        }
        details.put("took", took(job, call.caller().clock()));
        if (job.doneBytes() > 0) {
            details.put("rate", ByteRate.show(job.bytesPerSecond()));
        }
        return details.put("job", Long.toString(job.id()));
    }

    private static void addResult(Details details, JobInfo job) {
        for (Map.Entry<String, Object> entry : job.result().entrySet()) {
            ResultValue value = ResultValue.of(entry.getKey(), entry.getValue());
            details.put(value.name(), value.text());
        }
    }
}
