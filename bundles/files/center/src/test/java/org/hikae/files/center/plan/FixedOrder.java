package org.hikae.files.center.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.TransferWindow;
import org.hikae.api.files.center.Conditions;

/**
 * Begins what may be sent in an order that is known beforehand, whenever a transfer is free, and lets it stand still only when its window
 * closes: what a planner is compared with. Knows no bandwidth and no conditions of origins.
 */
final class FixedOrder implements Planner {
    /** Key of a request, by the end of its window. */
    interface Order {
        long key(RunInfo run, Instant arrived, long close);
    }

    static final Order FIRST_COME = (run, arrived, close) -> arrived.toEpochMilli();
    static final Order EARLIEST_END = (run, arrived, close) -> close;
    static final Order RANDOM = (run, arrived, close) -> {
        long mixed = run.id().hashCode() * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    };

    private final Order order;
    private final TermsTable terms = new TermsTable();
    private final Map<Terms, PriorityQueue<Entry>> waiting = new HashMap<>();
    private final Map<RunId, Entry> all = new HashMap<>();
    private final Set<Entry> running = new HashSet<>();
    private Limits center;
    private long now = Long.MIN_VALUE;
    private final List<Entry> fresh = new ArrayList<>();

    private static final class Entry implements Comparable<Entry> {
        private final RunInfo run;
        private final Instant arrived;
        private Terms terms;
        private long key;

        private Entry(RunInfo run, Instant arrived) {
            this.run = run;
            this.arrived = arrived;
        }

        @Override
        public int compareTo(Entry other) {
            return Long.compare(key, other.key);
        }
    }

    FixedOrder(Order order) {
        this.order = order;
    }

    @Override
    public void conditions(Conditions conditions) {
        center = Limits.of(conditions);
    }

    @Override
    public void announce(RunInfo run, Instant arrived, long remaining) {
        Entry entry = new Entry(run, arrived);
        all.put(run.id(), entry);
        fresh.add(entry);
    }

    @Override
    public void remove(RunId run) {
        Entry entry = all.remove(run);
        running.remove(entry);
    }

    @Override
    public Decisions decide(Instant at) {
        now = at.toEpochMilli();
        List<Decision> decisions = new ArrayList<>();
        terms.advance(now, center, changed -> {});
        fresh.forEach(this::enter);
        fresh.clear();
        for (Entry entry : List.copyOf(running)) {
            if (!entry.terms.isOpen()) {
                running.remove(entry);
                waiting.get(entry.terms).add(entry);
                decisions.add(new Decision(entry.run.id(), Decision.Kind.PAUSE, 0, at, false, "closed"));
            }
        }
        while (running.size() < center.transfers()) {
            Entry entry = first();
            if (entry == null) {
                break;
            }
            waiting.get(entry.terms).remove();
            running.add(entry);
            decisions.add(new Decision(
                    entry.run.id(),
                    Decision.Kind.START,
                    Long.MAX_VALUE,
                    Decision.time(entry.terms.openUntil(now)),
                    false,
                    null));
        }
        return new Decisions(decisions, Decision.time(terms.nextChange()));
    }

    private void enter(Entry entry) {
        TransferWindow window = entry.run.window();
        entry.terms = terms.find(new Terms.Key(window, Limits.OF_ORIGIN, false), now, center);
        entry.terms.lines++;
        entry.key = order.key(entry.run, entry.arrived, entry.terms.closeFrom(now));
        waiting.computeIfAbsent(entry.terms, its -> new PriorityQueue<>()).add(entry);
    }

    private Entry first() {
        Entry first = null;
        for (Map.Entry<Terms, PriorityQueue<Entry>> some : waiting.entrySet()) {
            Entry its = some.getKey().isOpen() ? some.getValue().peek() : null;
            if (its != null && (first == null || its.compareTo(first) < 0)) {
                first = its;
            }
        }
        return first;
    }

    @Override
    public void conditions(String origin, Conditions own) {}

    @Override
    public void hold(Hold hold, String why) {}

    @Override
    public void heard(String origin, boolean reachable) {}

    @Override
    public void forget(String origin) {}

    @Override
    public void progress(RunId run, long remaining, long bytesPerSecond) {}

    @Override
    public void stopped(RunId run, long remaining, Instant notBefore) {}

    @Override
    public void force(RunId run) {}

    @Override
    public Forecast forecast() {
        throw new UnsupportedOperationException();
    }
}
