package org.hikae.files.center.plan;

import org.hikae.api.files.RunId;

/** What is expected of a request, as a look ahead finds it out. Times are milliseconds since 1970. */
final class Expected {
    final RunId run;
    final boolean running;
    /** {@link Hours#NEVER}: not within the time looked at. */
    long begin = Hours.NEVER;

    long end = Hours.NEVER;
    /** End of its window; {@link Hours#NEVER}: there is none. */
    long close = Hours.NEVER;
    /** How long it needs, and how long all is open until the close, in milliseconds. */
    long work;

    long open;
    /** Whether limits of bandwidth let through less than it has. */
    boolean isThrottled;
    /** As in {@link Lines}. */
    Crowded crowded;
    /** Why it does not begin just now; null: nothing. */
    String waits;
    /** Whether it does not begin for hours alone, which come. */
    boolean waitsForHours;

    Expected(RunId run, boolean running) {
        this.run = run;
        this.running = running;
    }

    boolean isKept() {
        return end != Hours.NEVER && end <= close;
    }

    Planned planned() {
        return new Planned(
                run,
                running,
                begin == Hours.NEVER ? null : Decision.time(begin),
                end == Hours.NEVER ? null : Decision.time(end),
                close == Hours.NEVER ? null : Decision.time(close),
                isKept(),
                isKept() ? (running ? null : waits) : Reasons.whyNotKept(this));
    }
}
