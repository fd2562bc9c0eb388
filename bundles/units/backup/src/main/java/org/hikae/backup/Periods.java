package org.hikae.backup;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.hikae.api.backup.Retention;
import org.hikae.api.media.GenerationInfo;

/**
 * Which generations a {@link Retention} keeps, and for which reasons: the newest of each of the last periods in which there
 * are any.
 */
final class Periods {

    private final Retention keep;
    private final ZoneId zone;
    /** By id, in the order in which they are said. */
    private final Map<String, List<String>> reasons = new LinkedHashMap<>();

    Periods(Retention keep, ZoneId zone) {
        this.keep = keep;
        this.zone = zone;
    }

    /**
     * Reasons by id; of what is not kept there are none.
     *
     * @param newestFirst generations, each of which has an instant
     */
    Map<String, List<String>> reasons(List<GenerationInfo> newestFirst) {
        reasons.clear();
        newestFirst.stream().limit(keep.last()).forEach(each -> add(each, "last"));
        take(newestFirst, keep.hourly(), "hourly", Periods::hour);
        take(newestFirst, keep.daily(), "daily", ZonedDateTime::toLocalDate);
        take(newestFirst, keep.weekly(), "weekly", time -> time.toLocalDate()
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
        take(newestFirst, keep.monthly(), "monthly", YearMonth::from);
        take(newestFirst, keep.yearly(), "yearly", Year::from);
        return reasons;
    }

    /** An hour that comes twice, when clocks are put back, is two: they differ in the offset. */
    private static Instant hour(ZonedDateTime time) {
        return time.truncatedTo(ChronoUnit.HOURS).toInstant();
    }

    private void take(
            List<GenerationInfo> newestFirst, int periods, String reason, Function<ZonedDateTime, Object> period) {
        Set<Object> seen = new HashSet<>();
        for (GenerationInfo each : newestFirst) {
            if (seen.size() < periods && seen.add(period.apply(each.instant().atZone(zone)))) {
                add(each, reason);
            }
        }
    }

    private void add(GenerationInfo generation, String reason) {
        reasons.computeIfAbsent(generation.id(), id -> new ArrayList<>()).add(reason);
    }
}
