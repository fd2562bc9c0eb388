package org.hikae.files.center.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What was known to a planner at one moment. Immutable; may take seconds with a million requests. */
public interface Forecast {

    /**
     * What is expected if nothing more is asked for, nobody comes or goes, and rates and what is held stay as they are.
     *
     * @param horizon how far to look
     * @return all requests, in the order in which they begin; those that do not, at the end
     */
    List<Planned> plan(Instant now, Duration horizon);
}
