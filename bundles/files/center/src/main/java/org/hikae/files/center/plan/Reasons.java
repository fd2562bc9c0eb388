package org.hikae.files.center.plan;

import java.time.Duration;

/** Says why something waits, and why a window cannot be kept. */
final class Reasons {
    private static final int HOUR = 60;

    private Reasons() {}

    /** Why the first request of a line does not run; null: it does. */
    static String whyWaits(State state, int line) {
        Lines lines = state.lines;
        int origin = lines.origin[line];
        Terms terms = state.termsOf(line);
        if (state.isRunning(line)) {
            return null;
        } else if (!state.origins.reachable[origin]) {
            return "For its client, which cannot be reached";
        } else if (lines.notBefore[line] > state.now) {
            return "Its last transfer failed; it is tried again at " + Decision.time(lines.notBefore[line]);
        } else if (!terms.isOpen()) {
            return whatIsClosed(state, terms);
        } else if (state.hold != Planner.Hold.NONE) {
            return state.holdWhy;
        } else if (state.origins.isBusy(origin)) {
            return "For another transfer of the same client";
        } else if (state.running.size() < state.center.transfers()) {
            return "For bandwidth: " + state.limit() + " bytes a second are allowed now";
        }
        return "For one of the " + state.center.transfers() + " transfers that are allowed at once";
    }

    /** Whether a line's first request waits for hours alone, and they come. */
    static boolean waitsForHours(State state, int line) {
        Terms terms = state.termsOf(line);
        return state.origins.reachable[state.lines.origin[line]]
                && !terms.isOpen()
                && terms.nextOpen(state.now, state.center) != Hours.NEVER;
    }

    private static String whatIsClosed(State state, Terms terms) {
        long opens = terms.nextOpen(state.now, state.center);
        String what = terms.whatIsClosed(state.now, state.center);
        return opens == Hours.NEVER
                ? "Its window and the center's hours have no time in common in the next eight days"
                : "For " + what + "; all is open at " + Decision.time(opens);
    }

    /** Why a request is not complete when its window closes, or not within the time looked at. */
    static String whyNotKept(Expected one) {
        boolean hasWindow = one.close != Hours.NEVER;
        if (hasWindow && one.open == 0) {
            return "Its window, until " + Decision.time(one.close) + ", and the center's hours have no time in common";
        } else if (hasWindow && one.work > one.open) {
            return "It needs about " + span(one.work) + ", and until " + Decision.time(one.close) + " only "
                    + span(one.open) + " are open; it goes on in the next window";
        } else if (hasWindow && one.isThrottled) {
            return "The limits of bandwidth until " + Decision.time(one.close)
                    + " let through less than it has; it goes on in the next window";
        } else if (one.crowded != null) {
            return one.crowded.why();
        } else if (one.waits != null && !one.waitsForHours) {
            return one.waits;
        }
        return "Others come first";
    }

    /** Hours and minutes, rounded up. */
    private static String span(long millis) {
        long minutes = Duration.ofMillis(millis + Ledger.MINUTE - 1).toMinutes();
        return minutes < HOUR ? minutes + " min" : minutes / HOUR + " h " + minutes % HOUR + " min";
    }
}
