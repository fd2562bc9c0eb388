package org.hikae.cron;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The instants of a cron expression of five fields in a time zone. The library says which times of a calendar without clock
 * changes are meant, and nothing else: what clock changes mean is decided here, since there it depends on the expression's details.
 *
 * <p>If the hours are fixed, each local time is meant once: where clocks are put forward over it, at the first instant after; where
 * it comes twice, the first of both. With any hour ({@code *}) time goes on as it elapses: each occurrence, and none that
 * does not exist. Thread-safe.
 */
public final class CronTimes {

    private static final int HOUR_FIELD = 1;
    private static final int FIELDS = 5;

    private final ExecutionTime calendar;
    private final ZoneRules rules;
    private final boolean anyHour;
    /** The last answer: whoever asks each second mostly gets it again. */
    private volatile Known known;

    /** Between {@code after} and {@code next} is none; null: never again. */
    private record Known(Instant after, Instant next) {}

    private CronTimes(ExecutionTime calendar, ZoneRules rules, boolean anyHour) {
        this.calendar = calendar;
        this.rules = rules;
        this.anyHour = anyHour;
    }

    /** @throws IllegalArgumentException if it cannot be understood: says why */
    public static CronTimes parse(String expression, ZoneId zone) {
        String fields = expression.strip();
        int count = fields.split("\\s+", -1).length;
        if (fields.contains("|")) {
            throw notUnderstood(expression, "'|' is not known");
        } else if (count != FIELDS) {
            throw notUnderstood(expression, FIELDS + " fields are needed, not " + count);
        }
        try {
            Cron cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(fields);
            boolean anyHour = fields.split("\\s+", -1)[HOUR_FIELD].contains("*");
            return new CronTimes(ExecutionTime.forCron(cron.validate()), zone.getRules(), anyHour);
        } catch (IllegalArgumentException e) {
            String why = e.getMessage()
                    .replaceFirst("^Failed to parse cron expression\\. ", "")
                    .replaceFirst(
                            "^Invalid chars in expression! Expression: (.*) Invalid chars: .*", "'$1' is not known");
            throw notUnderstood(expression, why);
        }
    }

    private static IllegalArgumentException notUnderstood(String expression, String why) {
        return new IllegalArgumentException("the times '" + expression + "' cannot be understood: " + why
                + "; write minute, hour, day of the month, month and day of the week, such as '30 2 * * 1-5'");
    }

    /** The first instant after that one; null: never again. */
    public Instant next(Instant after) {
        Known last = known;
        boolean still = last != null && !after.isBefore(last.after) && (last.next == null || after.isBefore(last.next));
        if (still) {
            return last.next;
        }
        Instant next = anyHour ? nextElapsed(after) : nextLocal(after);
        known = new Known(after, next);
        return next;
    }

    private Instant nextLocal(Instant after) {
        LocalDateTime local = nextInCalendar(local(after, rules.getOffset(after)));
        // In the second pass of an hour that comes twice, its times have been.
        while (local != null && !once(local).isAfter(after)) {
            local = nextInCalendar(local);
        }
        return local == null ? null : once(local);
    }

    /** Grows with the local time, or stays. */
    private Instant once(LocalDateTime local) {
        ZoneOffsetTransition change = rules.getTransition(local);
        return change == null
                ? local.toInstant(rules.getOffset(local))
                : change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
    }

    private Instant nextElapsed(Instant after) {
        Instant from = after;
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            LocalDateTime local = nextInCalendar(local(from, offset));
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (local == null || change == null || local.toInstant(offset).isBefore(change.getInstant())) {
                return local == null ? null : local.toInstant(offset);
            }
            if (!isInCalendar(local(change.getInstant(), change.getOffsetAfter()))) {
                from = change.getInstant();
            } else {
                return change.getInstant();
            }
        }
    }

    private static LocalDateTime local(Instant instant, ZoneOffset offset) {
        return LocalDateTime.ofInstant(instant, offset);
    }

    /** Null: never again. */
    private LocalDateTime nextInCalendar(LocalDateTime after) {
        return calendar.nextExecution(after.atZone(ZoneOffset.UTC))
                .map(next -> next.toLocalDateTime().truncatedTo(ChronoUnit.MINUTES))
                .orElse(null);
    }

    private boolean isInCalendar(LocalDateTime time) {
        return time.equals(nextInCalendar(time.minusNanos(1)));
    }
}
