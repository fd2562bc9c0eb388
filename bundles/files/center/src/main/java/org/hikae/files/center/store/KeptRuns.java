package org.hikae.files.center.store;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.hikae.api.backup.Retention;
import org.hikae.files.center.table.RunRow;

/** Which runs of a backup a {@link Retention} keeps: the newest of each of the last periods in which there are any. */
final class KeptRuns {

    private final List<RunRow> newestFirst;
    private final ZoneId zone;
    private final Set<Long> kept = new HashSet<>();

    private KeptRuns(List<RunRow> newestFirst, ZoneId zone) {
        this.newestFirst = newestFirst;
        this.zone = zone;
    }

    /** Their numbers. @param newestFirst complete runs, by number: clients' clocks may go back */
    static Set<Long> of(Retention keep, List<RunRow> newestFirst, ZoneId zone) {
        KeptRuns kept = new KeptRuns(newestFirst, zone);
        newestFirst.stream().limit(Math.max(1, keep.last())).forEach(run -> kept.kept.add(run.number()));
        kept.take(keep.hourly(), KeptRuns::hour);
        kept.take(keep.daily(), ZonedDateTime::toLocalDate);
        kept.take(keep.weekly(), time -> time.toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
        kept.take(keep.monthly(), YearMonth::from);
        kept.take(keep.yearly(), Year::from);
        return kept.kept;
    }

    /** An hour that comes twice, when clocks are put back, is two: they differ in the offset. */
    private static Instant hour(ZonedDateTime time) {
        return time.truncatedTo(ChronoUnit.HOURS).toInstant();
    }

    private void take(int periods, Function<ZonedDateTime, Object> period) {
        Set<Object> seen = new HashSet<>();
        for (RunRow run : newestFirst) {
            ZonedDateTime taken = Instant.ofEpochMilli(run.taken()).atZone(zone);
            if (seen.size() < periods && seen.add(period.apply(taken))) {
                kept.add(run.number());
            }
        }
    }
}
