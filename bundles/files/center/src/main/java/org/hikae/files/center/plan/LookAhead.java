package org.hikae.files.center.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hikae.api.files.RunId;

/** Looks ahead by letting a copy of the planner go on with what is expected to happen. */
final class LookAhead implements Forecast {
    private static final Comparator<Planned> BY_BEGIN = Comparator.comparing(
                    Planned::begin, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .thenComparing(
                    Planned::run,
                    Comparator.comparing(RunId::origin)
                            .thenComparing(RunId::backup)
                            .thenComparingLong(RunId::number));

    /** Only copied. */
    private final LaxityPlanner planner;

    /** @param planner a copy that nobody else has */
    LookAhead(LaxityPlanner planner) {
        this.planner = planner;
    }

    @Override
    public List<Planned> plan(Instant now, Duration horizon) {
        Course course = new Course(planner.copy());
        List<Planned> planned = new ArrayList<>();
        course.run(now, now.plus(horizon)).forEach(one -> planned.add(one.planned()));
        planned.sort(BY_BEGIN);
        return planned;
    }
}
