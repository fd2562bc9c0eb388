package org.hikae.files.center.plan;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.hikae.api.files.RunId;

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
            noteBegins(decisions, now);
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

    private void noteBegins(Decisions decisions, long now) {
        for (Decision decision : decisions.list()) {
            Expected one = expected.get(decision.run());
            if (decision.kind() == Decision.Kind.START && one.begin == Hours.NEVER) {
                one.begin = now;
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
        long rate = state.need(line);
        int head = state.lines.head[line];
        for (int request = head; request >= 0; request = state.requests.next[request]) {
            Expected one = expected.get(state.requests.run[request]);
            Terms terms = state.requests.window[request] == state.requests.window[head]
                    ? state.termsOf(line)
                    : new Terms(
                            new Terms.Key(
                                    state.requests.window[request],
                                    state.termsOf(line).key.own(),
                                    false),
                            0);
            one.waits = request == head ? why : "For earlier runs of the same backup";
            one.waitsForHours = request == head && Reasons.waitsForHours(state, line);
            one.close = terms.closeFrom(state.now);
            one.work = State.work(state.requests.remaining[request], rate);
            one.open = one.close == Hours.NEVER ? 0 : terms.openBetween(state.now, one.close, state.center);
        }
    }

    private long endNext(long now) {
        long first = Hours.NEVER;
        for (Transfer transfer : state.running) {
            long remaining = state.remaining(transfer);
            long rate = Math.min(transfer.rate, state.need(transfer.line));
            first = Math.min(first, remaining <= 1 ? now : now + State.work(remaining, rate));
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
