package org.hikae.files.center.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.center.Conditions;

/**
 * Clients that send as they are told, on simulated time, and what of it is measured: limits are checked at each step by what really runs,
 * and by what clocks on walls show, not by what the planner thinks (I7).
 */
class Simulation {
    private static final long MILLIS = 1000;

    private static final int MOST_LOOKS = 1000;
    Planner planner;

    private final Map<RunId, Request> requests = new HashMap<>();
    private final Set<Sending> sending = new LinkedHashSet<>();
    private final PriorityQueue<Ending> endings = new PriorityQueue<>();
    final Map<String, Conditions> own = new HashMap<>();
    final Map<RunId, Instant> ended = new HashMap<>();
    /** Whether windows are checked at each minute, or at begin and end only. */
    boolean thorough = true;

    boolean rememberEnds = true;
    Conditions center;
    Instant now;
    final Looks looks = new Looks();
    private int looksAtOnce;
    int peak;
    double concurrency;
    long pauses;
    long starts;
    long kept;
    long late;

    /** What is not complete. */
    private static final class Request {
        private final Wanted what;
        private long left;
        /** Null: it waits. */
        private Sending sending;

        private Request(Wanted what) {
            this.what = what;
            left = what.bytes();
        }
    }

    /** Something that is being sent. */
    private static final class Sending {
        final Request request;
        final Wanted what;
        final boolean forced;
        long rate;
        Instant since;
        Instant until;
        boolean isGone;
        int version;

        Sending(Request request, boolean forced) {
            this.request = request;
            this.forced = forced;
            what = request.what;
        }
    }

    private record Ending(long at, Sending sending, int version) implements Comparable<Ending> {

        @Override
        public int compareTo(Ending other) {
            return Long.compare(at, other.at);
        }
    }

    Simulation(Planner planner, Conditions center) {
        this.planner = planner;
        this.center = center;
        planner.conditions(center);
    }

    void center(Conditions conditions) {
        center = conditions;
        planner.conditions(conditions);
    }

    void own(String origin, Conditions conditions) {
        own.put(origin, conditions);
        planner.conditions(origin, conditions);
    }

    /** @param arrivals by time of arrival */
    void run(Iterator<Wanted> arrivals, Instant from, Instant to) {
        Wanted next = arrivals.hasNext() ? arrivals.next() : null;
        Instant look = from;
        now = from;
        while (now.isBefore(to)) {
            before();
            while (next != null && !next.arrived().isAfter(now)) {
                arrive(next);
                next = arrivals.hasNext() ? arrivals.next() : null;
            }
            endUntil(now.toEpochMilli());
            look = step();
            if (look.isAfter(now)) {
                check();
            }
            Instant then = look.isBefore(to) ? look : to;
            then = next != null && next.arrived().isBefore(then) ? next.arrived() : then;
            long end = firstEnding();
            then = end < then.toEpochMilli() ? Instant.ofEpochMilli(end) : then;
            concurrency += sending.size() * (double) (then.toEpochMilli() - now.toEpochMilli());
            now = then;
        }
    }

    /** What a test does besides, before each look. */
    void before() {}

    /** What a test does besides, with each decision that was carried out. */
    void carriedOut(Decision decision) {}

    void arrive(Wanted one) {
        RunInfo run = one.run();
        requests.put(run.id(), new Request(one));
        planner.heard(run.id().origin(), true);
        planner.announce(run, one.arrived(), one.bytes());
    }

    boolean waits(RunId run) {
        return requests.containsKey(run);
    }

    List<RunId> sending() {
        return sending.stream().map(one -> one.what.run().id()).toList();
    }

    private Instant step() {
        looks.begin();
        Decisions decisions = planner.decide(now);
        looks.end();
        double before = thorough ? sum() : 0;
        for (Decision decision : decisions.list()) {
            carryOut(decision);
            carriedOut(decision);
            if (thorough) {
                checkLimits(before);
            }
        }
        peak = Math.max(peak, sending.size());
        looksAtOnce = decisions.next().isAfter(now) ? 0 : looksAtOnce + 1;
        if (decisions.next().isBefore(now) || looksAtOnce > MOST_LOOKS) {
            throw new AssertionError("the planner comes to no end at " + now);
        }
        return decisions.next();
    }

    private void carryOut(Decision decision) {
        Request request = requests.get(decision.run());
        Sending one = request.sending;
        switch (decision.kind()) {
            case START -> {
                if (one != null) {
                    throw new AssertionError(decision.run() + " runs already");
                }
                one = new Sending(request, decision.forced());
                request.sending = one;
                sending.add(one);
                one.since = now;
                starts++;
            }
            case PAUSE -> {
                pauses++;
                stop(one);
                planner.progress(decision.run(), request.left, 0);
                return;
            }
            case CHANGE -> account(one);
        }
        one.rate = decision.bytesPerSecond();
        one.until = decision.until();
        reckonEnd(one);
    }

    private void reckonEnd(Sending one) {
        one.version++;
        long work = State.work(one.request.left, Math.min(one.rate, one.what.rate()));
        endings.add(new Ending(now.toEpochMilli() + work, one, one.version));
    }

    /** Takes off what was sent until now. */
    private void account(Sending one) {
        long millis = now.toEpochMilli() - one.since.toEpochMilli();
        checkWindows(one);
        long sent = (long) (millis * (double) Math.min(one.rate, one.what.rate()) / MILLIS);
        one.request.left = Math.max(1, one.request.left - sent);
        one.since = now;
    }

    private void stop(Sending one) {
        account(one);
        one.isGone = true;
        one.request.sending = null;
        sending.remove(one);
    }

    /** A client goes away: what it sends is cut. */
    void cut(RunId run, Instant notBefore) {
        Request request = requests.get(run);
        if (request != null && request.sending != null) {
            stop(request.sending);
            planner.stopped(run, request.left, notBefore);
        }
    }

    /** The center's machine sleeps, or its clock is put forward: nothing is sent meanwhile, and nobody looks. */
    void sleep(Duration time) {
        sending.forEach(this::account);
        now = now.plus(time);
        for (Sending one : sending) {
            one.since = now;
            reckonEnd(one);
            planner.progress(one.what.run().id(), one.request.left, 0);
        }
    }

    /** The center's clock is set back: it begins anew with another planner, as it does when it starts. */
    void setBack(Duration time, Planner other) {
        sending().forEach(run -> stop(requests.get(run).sending));
        now = now.minus(time);
        planner = other;
        planner.conditions(center);
        own.forEach(planner::conditions);
        requests.forEach((run, request) -> {
            planner.heard(run.origin(), true);
            planner.announce(request.what.run(), request.what.arrived(), request.left);
        });
    }

    private long firstEnding() {
        while (!endings.isEmpty()
                && (endings.peek().sending.isGone || endings.peek().version != endings.peek().sending.version)) {
            endings.poll();
        }
        return endings.isEmpty() ? Long.MAX_VALUE : endings.peek().at;
    }

    private void endUntil(long time) {
        while (firstEnding() <= time) {
            Sending one = endings.poll().sending;
            checkWindows(one);
            one.isGone = true;
            RunId id = one.what.run().id();
            sending.remove(one);
            requests.remove(id);
            boolean inTime = one.what.close() == null || !now.isAfter(one.what.close());
            kept += inTime ? 1 : 0;
            late += inTime ? 0 : 1;
            if (rememberEnds) {
                ended.put(id, now);
            }
            planner.progress(id, 1, Math.min(one.rate, one.what.rate()));
            planner.remove(id);
        }
    }

    private void check() {
        checkLimits(0);
        if (thorough) {
            sending.forEach(one -> assertThat(one.until).isAfter(now));
        }
    }

    /** @param before bytes per second that may still be on the way down */
    private void checkLimits(double before) {
        if (sending.size() > center.transfers()) {
            throw new AssertionError(sending.size() + " transfers at " + now);
        }
        long limit = limit(center, now);
        if (limit != Long.MAX_VALUE && sum() > Math.max(before, limit)) {
            throw new AssertionError(sum() + " bytes a second at " + now);
        }
    }

    private double sum() {
        return sending.stream().mapToDouble(one -> one.rate).sum();
    }

    static long limit(Conditions conditions, Instant at) {
        return conditions.rates().stream()
                .filter(rate -> WallModel.open(rate.when(), at))
                .mapToLong(Conditions.Rate::bytesPerSecond)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Whatever was sent since then was sent when both sides allowed it. */
    private void checkWindows(Sending one) {
        long from = one.since.toEpochMilli();
        long to = now.toEpochMilli();
        if (one.forced || from == to) {
            return;
        }
        checkOpen(one, from);
        checkOpen(one, to - 1);
        if (thorough) {
            for (long at = from - from % 60_000 + 60_000; at < to; at += 60_000) {
                checkOpen(one, at);
            }
        }
    }

    private void checkOpen(Sending one, long at) {
        Instant time = Instant.ofEpochMilli(at);
        RunInfo run = one.what.run();
        Conditions its = own.get(run.id().origin());
        boolean open = WallModel.open(center.windows(), time)
                && (its == null || WallModel.open(its.windows(), time))
                && (run.finish() || WallModel.open(run.window(), time));
        if (!open) {
            throw new AssertionError(run + " was sent at " + time + ", which is not allowed");
        }
    }
}
