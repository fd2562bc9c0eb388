package org.hikae.files.center.plan;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.hikae.api.files.RunId;
import org.hikae.api.files.TransferWindow;

/** The course of things as it is expected: each transfer takes as long as is reckoned. */
final class Course {
    private final LaxityPlanner planner;
    private final State state;
    private final Map<RunId, Expected> expected = new HashMap<>();

    /** @param planner goes on with this */
    Course(LaxityPlanner planner) {
        this.planner = planner;
        state = planner.state();
    }

    /** What is expected of all requests. */
    Collection<Expected> run(Instant from, Instant to) {
        long last = to.toEpochMilli();
        long now = from.toEpochMilli();
        forEachLine(line -> enter(line, from.toEpochMilli()));
        boolean noted = false;
        while (now <= last) {
            Decisions decisions = planner.decide(Decision.time(now));
            follow(decisions, now);
            long next = decisions.next().equals(Instant.MAX)
                    ? Hours.NEVER
                    : decisions.next().toEpochMilli();
            if (next <= state.now) {
                continue;
            }
            if (!noted) {
                noted = true;
                forEachLine(this::note);
            }
            now = Math.max(now, Math.min(next, endNext(state.now)));
            removeEnded(now);
        }
        forEachLine(line -> at(line).crowded = state.lines.crowded[line]);
        return expected.values();
    }

    private void enter(int line, long now) {
        int head = state.lines.head[line];
        for (int request = head; request >= 0; request = state.requests.next[request]) {
            RunId run = state.requests.run[request];
            boolean running = request == head && state.isRunning(line);
            Expected one = new Expected(run, running);
            one.begin = running ? now : Hours.NEVER;
            expected.put(run, one);
        }
    }

    private Expected at(int line) {
        return expected.get(state.requests.run[state.lines.head[line]]);
    }

    private void follow(Decisions decisions, long now) {
        for (Decision decision : decisions.list()) {
            Expected one = expected.get(decision.run());
            if (decision.kind() == Decision.Kind.START && one.begin == Hours.NEVER) {
                one.begin = now;
            } else if (decision.kind() == Decision.Kind.PAUSE) {
                int line = planner.book().findHead(decision.run());
                planner.progress(decision.run(), state.requests.remaining[state.lines.head[line]], 0);
            }
        }
    }

    /** Does something with the number of each line. */
    private interface LineAction {
        void of(int line);
    }

    private void forEachLine(LineAction action) {
        for (int origin = 0; origin < state.origins.end(); origin++) {
            for (int line = state.origins.firstLine[origin]; line >= 0; line = state.lines.nextOfOrigin[line]) {
                action.of(line);
            }
        }
    }

    private void note(int line) {
        String why = Reasons.whyWaits(state, line);
        int head = state.lines.head[line];
        for (int request = head; request >= 0; request = state.requests.next[request]) {
            Expected one = expected.get(state.requests.run[request]);
            one.waits = request == head ? why : "For earlier runs of the same backup";
            one.waitsForHours = request == head && Reasons.waitsForHours(state, line);
            noteWindow(one, line, request);
        }
    }

    private void noteWindow(Expected one, int line, int request) {
        int head = state.lines.head[line];
        TransferWindow window = state.requests.window[request];
        Terms.Key key = new Terms.Key(window, state.termsOf(line).key.own(), state.requests.forced[request]);
        Terms terms = request == head ? state.termsOf(line) : new Terms(key, 0);
        one.close = terms.closeFrom(state.now);
        if (one.close == Hours.NEVER) {
            return;
        }
        long bytes = request == head && state.isRunning(line)
                ? state.remaining(state.transferOf(line))
                : state.requests.remaining[request];
        double rate = state.rate(line);
        one.work = State.work(bytes, (long) Math.max(1, rate));
        one.open = terms.openBetween(state.now, one.close, state.center);
        one.isThrottled = bytes > terms.mostBetween(state.now, one.close, rate, state.center);
    }

    private long endNext(long now) {
        long first = Hours.NEVER;
        for (Transfer transfer : state.running) {
            long remaining = state.remaining(transfer);
            first = Math.min(first, remaining <= 1 ? now : now + State.work(remaining, state.speed(transfer)));
        }
        return first;
    }

    private void removeEnded(long now) {
        state.now = now;
        for (int i = state.running.size() - 1; i >= 0; i--) {
            Transfer transfer = state.running.get(i);
            if (state.remaining(transfer) <= 1) {
                Expected one = at(transfer.line);
                one.end = now;
                one.crowded = state.lines.crowded[transfer.line];
                planner.remove(one.run);
            }
        }
    }
}
