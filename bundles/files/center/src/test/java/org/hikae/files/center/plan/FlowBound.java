package org.hikae.files.center.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.hikae.api.files.center.Conditions;

/**
 * What no order can exceed. Windows are cut into intervals in which nothing changes; what is done of requests in them is a flow, from each
 * request into the intervals in which it may be sent, and out of these as much as transfers, or bandwidth, let through. What is done of
 * each may be a part of it: as many windows as possible, in parts, are had by letting flow what needs least first, since the
 * amounts that can flow together are a polymatroid.
 */
final class FlowBound {
    private final Conditions center;
    private final List<Wanted> wanted;
    private final List<Instant> cuts;

    FlowBound(Conditions center, List<Wanted> wanted) {
        this.center = center;
        this.wanted = wanted;
        cuts = cuts();
    }

    /** Every minute at which a window opens or closes, or a request arrives. */
    private List<Instant> cuts() {
        TreeSet<Instant> all = new TreeSet<>();
        Instant from = wanted.stream()
                .map(Wanted::arrived)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant to = wanted.stream()
                .map(Wanted::close)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        wanted.forEach(one -> all.add(one.arrived()));
        Instant before = from;
        all.add(from);
        all.add(to);
        for (Instant at = from.truncatedTo(ChronoUnit.MINUTES); at.isBefore(to); at = at.plus(Duration.ofMinutes(1))) {
            if (at.isAfter(from) && differs(before, at)) {
                all.add(at);
            }
            before = at;
        }
        return new ArrayList<>(all);
    }

    private boolean differs(Instant one, Instant other) {
        return WallModel.open(center.windows(), one) != WallModel.open(center.windows(), other)
                || limit(one) != limit(other)
                || wanted.stream()
                        .anyMatch(some -> WallModel.open(some.run().window(), one)
                                != WallModel.open(some.run().window(), other));
    }

    private long limit(Instant at) {
        return center.rates().stream()
                .filter(rate -> WallModel.open(rate.when(), at))
                .mapToLong(Conditions.Rate::bytesPerSecond)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Windows that can be kept at most, parts of them counted as such. */
    double windows() {
        double byTime = parts(true);
        return center.rates().isEmpty() ? byTime : Math.min(byTime, parts(false));
    }

    private double parts(boolean time) {
        List<Wanted> order = new ArrayList<>(wanted);
        order.sort(Comparator.comparingLong(one -> amount(one, time)));
        Network network = new Network(order, time);
        double windows = 0;
        for (int i = 0; i < order.size(); i++) {
            windows += (double) network.let(i) / amount(order.get(i), time);
        }
        return windows;
    }

    /** The most windows that any order that may pause can keep: tries all choices of requests. Without limits of bandwidth. */
    int exactly() {
        int best = 0;
        for (int choice = 0; choice < 1 << wanted.size(); choice++) {
            if (Integer.bitCount(choice) > best && isPossible(choice)) {
                best = Integer.bitCount(choice);
            }
        }
        return best;
    }

    private boolean isPossible(int choice) {
        Network network = new Network(wanted, true);
        for (int i = 0; i < wanted.size(); i++) {
            boolean chosen = (choice >> i & 1) == 1;
            if (chosen && network.let(i) < amount(wanted.get(i), true)) {
                return false;
            }
        }
        return true;
    }

    /** Milliseconds or bytes. */
    private static long amount(Wanted one, boolean time) {
        return time ? State.work(one.bytes(), one.rate()) : one.bytes();
    }

    private final class Network {
        private static final int SOURCE = 0;
        private static final int SINK = 1;

        private final Flow flow;
        private final int[] edges;
        private final List<Wanted> requests;
        private final boolean time;

        Network(List<Wanted> requests, boolean time) {
            this.requests = requests;
            this.time = time;
            List<String> origins = requests.stream()
                    .map(one -> one.run().id().origin())
                    .distinct()
                    .toList();
            int intervals = cuts.size() - 1;
            int firstInterval = 2 + requests.size();
            int firstOfOrigins = firstInterval + intervals;
            flow = new Flow(firstOfOrigins + origins.size() * intervals);
            edges = new int[requests.size()];
            for (int i = 0; i < requests.size(); i++) {
                edges[i] = flow.edge(SOURCE, 2 + i, 0);
                int origin = origins.indexOf(requests.get(i).run().id().origin());
                for (int k = 0; k < intervals; k++) {
                    if (isOpen(requests.get(i), cuts.get(k))) {
                        flow.edge(2 + i, firstOfOrigins + origin * intervals + k, ofOne(requests.get(i), k));
                    }
                }
            }
            for (int k = 0; k < intervals; k++) {
                flow.edge(firstInterval + k, SINK, ofAll(k));
                for (int origin = 0; origin < origins.size(); origin++) {
                    flow.edge(
                            firstOfOrigins + origin * intervals + k,
                            firstInterval + k,
                            time ? length(k) : Long.MAX_VALUE / 4);
                }
            }
        }

        long let(int request) {
            flow.raise(edges[request], amount(requests.get(request), time));
            return flow.augment(SOURCE, SINK);
        }

        private boolean isOpen(Wanted one, Instant at) {
            return !at.isBefore(one.arrived())
                    && at.isBefore(one.close())
                    && WallModel.open(one.run().window(), at)
                    && WallModel.open(center.windows(), at);
        }

        private long length(int k) {
            return Duration.between(cuts.get(k), cuts.get(k + 1)).toMillis();
        }

        private long ofOne(Wanted one, int k) {
            return time ? length(k) : (long) Math.ceil(length(k) * one.rate() / 1000.0);
        }

        private long ofAll(int k) {
            if (time) {
                return length(k) * center.transfers();
            }
            long limit = limit(cuts.get(k));
            return limit == Long.MAX_VALUE ? limit / 4 : (long) Math.ceil(length(k) * (limit / 1000.0));
        }
    }
}
