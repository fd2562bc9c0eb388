package org.hikae.files.center.plan;

import java.time.Duration;

/**
 * How a planner reckons.
 *
 * @param typicalRate bytes per second of clients as long as none has been measured
 * @param quantum least time for which something is begun before it stands back for something more urgent, and between two looks at what runs
 * @param margin by how much more is reckoned than sizes and rates say, at least 1
 */
public record Settings(long typicalRate, Duration quantum, double margin) {
    public static final Settings USUAL = new Settings(8 << 20, Duration.ofMinutes(1), 1.1);
}
