package org.hikae.files.transfer.uplink;

import java.time.Duration;

/** Failures of a run that follow each other. Times are as System.nanoTime has them. Not thread-safe. */
final class Trial {
    private final Backoff backoff;

    /** Until when the center wants to be left alone with this run. */
    private long aloneUntil;

    /** When it may be tried again. */
    long notBefore;

    /** Whether that time has come. */
    boolean told;

    Trial(Backoff backoff) {
        this.backoff = backoff;
    }

    /** @param atLeast how long the center wants to be left alone */
    void failed(long now, Duration atLeast) {
        aloneUntil = now + atLeast.toNanos();
        notBefore = aloneUntil + backoff.next().toNanos();
        told = false;
    }

    /** It may be tried again as soon as the center allows it. */
    void release(long now) {
        backoff.reset();
        if (notBefore - now > 0) {
            notBefore = aloneUntil - now > 0 ? aloneUntil : now;
        }
    }
}
