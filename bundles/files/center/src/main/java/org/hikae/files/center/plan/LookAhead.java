package org.hikae.files.center.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.files.RunId;
import org.hikae.api.files.TransferWindow;

/** Looks ahead by planning with what is expected to happen. */
final class LookAhead implements Forecast {
    private final Settings settings;
    private final Limits center;
    private final boolean bandwidthLimited;
    private final Planner.Hold hold;
    private final String holdWhy;
    private final double typicalRate;
    private final List<Origin> origins;
    private final List<Request> requests;

    private record Origin(String name, Limits own, boolean reachable, float rate) {}

    /** A request, and if it is the first of its line, how that stands. */
    private record Request(
            RunId run,
            TransferWindow window,
            boolean finish,
            boolean forced,
            long arrived,
            long remaining,
            boolean running,
            int missed,
            long since,
            long notBefore) {}

    private LookAhead(State state, List<Origin> origins, List<Request> requests) {
        settings = state.settings;
        center = state.center;
        bandwidthLimited = state.isBandwidthLimited;
        hold = state.hold;
        holdWhy = state.holdWhy;
        typicalRate = state.typicalRate();
        this.origins = origins;
        this.requests = requests;
    }

    static LookAhead of(State state) {
        List<Origin> origins = new ArrayList<>();
        List<Request> requests = new ArrayList<>();
        Origins known = state.origins;
        for (int origin = 0; origin < known.end(); origin++) {
            if (known.name[origin] != null) {
                origins.add(
                        new Origin(known.name[origin], known.own[origin], known.reachable[origin], known.rate[origin]));
                for (int line = known.firstLine[origin]; line >= 0; line = state.lines.nextOfOrigin[line]) {
                    addRequests(state, line, requests);
                }
            }
        }
        return new LookAhead(state, origins, requests);
    }

    private static void addRequests(State state, int line, List<Request> into) {
        Lines lines = state.lines;
        Requests known = state.requests;
        int head = lines.head[line];
        for (int request = head; request >= 0; request = known.next[request]) {
            boolean running = request == head && state.isRunning(line);
            into.add(new Request(
                    known.run[request],
                    known.window[request],
                    known.finish[request],
                    known.forced[request],
                    known.arrived[request],
                    running ? state.remaining(state.transferOf(line)) : known.remaining[request],
                    running,
                    lines.missed[line],
                    lines.since[line],
                    lines.notBefore[line]));
        }
    }

    @Override
    public List<Planned> plan(Instant now, Duration horizon) {
        LaxityPlanner planner = copy(now);
        Map<RunId, Expected> expected = new HashMap<>();
        for (Request request : requests) {
            expected.put(request.run, new Expected(request.run, request.running));
        }
        new Course(planner, expected).run(now, now.plus(horizon));
        Instant last = Instant.MAX;
        List<Planned> planned = new ArrayList<>();
        expected.values().forEach(one -> planned.add(one.planned()));
        planned.sort((one, other) -> {
            Instant mine = one.begin() == null ? last : one.begin();
            Instant its = other.begin() == null ? last : other.begin();
            int order = mine.compareTo(its);
            return order != 0 ? order : compare(one.run(), other.run());
        });
        return planned;
    }

    private static int compare(RunId one, RunId other) {
        int order = one.origin().compareTo(other.origin());
        order = order != 0 ? order : one.backup().compareTo(other.backup());
        return order != 0 ? order : Long.compare(one.number(), other.number());
    }

    private LaxityPlanner copy(Instant now) {
        LaxityPlanner planner = new LaxityPlanner(settings);
        State state = planner.state();
        state.explain = true;
        state.center(center, bandwidthLimited);
        state.typicalRate(typicalRate);
        for (Origin origin : origins) {
            int number = state.origins.findOrAdd(origin.name);
            state.origins.own[number] = origin.own;
            state.origins.reachable[number] = origin.reachable;
            state.origins.rate[number] = origin.rate;
        }
        List<Integer> running = new ArrayList<>();
        for (Request request : requests) {
            int line = planner.book()
                    .announce(request.run, request.window, request.finish, request.arrived, request.remaining);
            state.requests.forced[planner.book().request(line, request.run)] = request.forced;
            state.lines.missed[line] = (short) request.missed;
            state.lines.since[line] = request.since;
            state.lines.notBefore[line] = request.notBefore;
            if (request.running) {
                running.add(line);
            }
        }
        planner.resume(now, running);
        planner.hold(hold, holdWhy);
        return planner;
    }
}
