package org.hikae.files.center.collect;

import java.time.Instant;
import org.hikae.api.files.RunInfo;
import org.hikae.files.center.plan.Decision;

/** That frames of a run are to be sent now. What changes is seen by the transfer at its next look. Thread-safe where not said otherwise. */
final class Order {

    final RunInfo run;
    final boolean forced;

    /** When it was given, or its last transfer ended in good order, by a clock that nobody sets. Guarded by the desk. */
    long since;

    /** When its sender was told last, by the same clock. Guarded by the desk. */
    long told;

    private final Pacer pacer;
    private volatile long bytesPerSecond;
    private volatile Instant until;
    private volatile String ended;

    Order(RunInfo run, Decision decision, long nanos) {
        this.run = run;
        forced = decision.forced();
        since = nanos;
        told = nanos;
        bytesPerSecond = decision.bytesPerSecond();
        until = decision.until();
        pacer = new Pacer(Math.max(1, bytesPerSecond), nanos);
    }

    void change(Decision decision, long nanos) {
        bytesPerSecond = decision.bytesPerSecond();
        until = decision.until();
        pacer.setRate(Math.max(1, bytesPerSecond), nanos);
    }

    /** @param why a sentence; the first one stays */
    void end(String why) {
        if (ended == null) {
            ended = why;
        }
    }

    /** Why it is not in force any more; null: it is. */
    String ended(Instant now) {
        String why = ended;
        return why == null && !now.isBefore(until) ? "its time is over" : why;
    }

    Pacer pacer() {
        return pacer;
    }

    long bytesPerSecond() {
        return bytesPerSecond;
    }

    Instant until() {
        return until;
    }
}
