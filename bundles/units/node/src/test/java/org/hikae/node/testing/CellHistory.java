package org.hikae.node.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was written to one cell and read from it, and when; every write with a value of its own. Tells whether there is an
 * order of all, each between its call and its return, in which every read sees the last write before it: a history of a
 * register with unique values is linearizable exactly if none of its zones contradict each other (Gibbons and Korach 1997).
 * Thread-safe.
 */
public final class CellHistory {

    /** Nobody has written yet. */
    public static final long INITIAL = 0;

    private static final AtomicLong CLOCK = new AtomicLong();

    private record Call(long value, boolean write, long begin, long end, Object by) {}

    private final List<Call> calls = new ArrayList<>();

    /** Grows with every look. */
    public static long now() {
        return CLOCK.incrementAndGet();
    }

    /** @param end {@link Long#MAX_VALUE} if it failed: it may take effect at any time, or never */
    public synchronized void wrote(long value, long begin, long end, Object by) {
        calls.add(new Call(value, true, begin, end, by));
    }

    public synchronized void read(long value, long begin, long end, Object by) {
        calls.add(new Call(value, false, begin, end, by));
    }

    /** The node of a reader was lost: what it saw proves nothing to others. */
    public synchronized void lostReader(Object reader) {
        calls.removeIf(call -> call.by == reader && !call.write);
    }

    /**
     * The node of a writer was lost: a write that nobody else saw may not have been. All lost readers are out already.
     *
     * @param durableBefore writes that ended before this time were forced
     */
    public synchronized void lostWriter(Object writer, long durableBefore) {
        calls.removeIf(call -> call.by == writer
                && call.end > durableBefore
                && calls.stream().noneMatch(other -> !other.write && other.value == call.value));
    }

    /** What is wrong; null if nothing is. */
    public synchronized String check() {
        Map<Long, List<Call>> clusters = new HashMap<>();
        clusters.put(INITIAL, new ArrayList<>(List.of(new Call(INITIAL, true, 0, 0, null))));
        calls.stream().filter(Call::write).forEach(call -> clusters.put(call.value, new ArrayList<>(List.of(call))));
        for (Call call : calls) {
            if (!call.write) {
                List<Call> cluster = clusters.get(call.value);
                if (cluster == null) {
                    return "read what nobody wrote: " + call;
                }
                if (call.end < cluster.get(0).begin) {
                    return "read before it was written: " + call + " of " + cluster.get(0);
                }
                cluster.add(call);
            }
        }
        return contradiction(clusters);
    }

    /** When a value must have been there: from its first return to its last call; backward if these are the other way round. */
    private record Zone(long from, long to, boolean forward, List<Call> calls) {
        static Zone of(List<Call> calls) {
            long firstEnd = calls.stream().mapToLong(Call::end).min().orElseThrow();
            long lastBegin = calls.stream().mapToLong(Call::begin).max().orElseThrow();
            return new Zone(Math.min(firstEnd, lastBegin), Math.max(firstEnd, lastBegin), firstEnd < lastBegin, calls);
        }
    }

    private static String contradiction(Map<Long, List<Call>> clusters) {
        List<Zone> zones = clusters.values().stream().map(Zone::of).toList();
        List<Zone> forward = zones.stream()
                .filter(Zone::forward)
                .sorted(Comparator.comparingLong(Zone::from))
                .toList();
        for (int i = 1; i < forward.size(); i++) {
            if (forward.get(i).from < forward.get(i - 1).to) {
                return "both were there at once: " + forward.get(i - 1) + " and " + forward.get(i);
            }
        }
        for (Zone inner : zones) {
            for (Zone outer : forward) {
                if (!inner.forward && inner.from > outer.from && inner.to < outer.to) {
                    return "something was written in the midst of another: " + inner + " in " + outer;
                }
            }
        }
        return null;
    }
}
