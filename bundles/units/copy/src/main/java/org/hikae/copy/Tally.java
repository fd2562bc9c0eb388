package org.hikae.copy;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.hikae.api.copy.CopyReport;

/** What the workers of a copy have moved, in bytes. Thread-safe. */
final class Tally {

    final LongAdder read = new LongAdder();
    final LongAdder zero = new LongAdder();

    CopyReport report(long nanos, int workers) {
        return new CopyReport(read.sum(), zero.sum(), 0, nanos, workers, Map.of());
    }
}
