package org.hikae.itests.app;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures what comes to a center on all lines together, by the clock on the wall, not by what the center says. A transfer goes on from the
 * moment when more than a message has come on a connection since it was last answered, until it is answered. Thread-safe.
 */
final class Gauge implements FlakyLine.Traffic {

    /** More than messages, and what sets up a connection. */
    private static final int MESSAGE_BYTES = 32 << 10;

    /** Bytes that had come, by System.nanoTime of the last of them. Guarded by this, as all that follows. */
    private final TreeMap<Long, Long> course = new TreeMap<>();

    private final Map<Object, Long> sinceAnswer = new HashMap<>();
    private long all;
    private int most;

    Gauge() {
        course.put(System.nanoTime(), 0L);
    }

    @Override
    public synchronized void up(Object connection, int bytes) {
        all += bytes;
        course.put(System.nanoTime(), all);
        sinceAnswer.merge(connection, (long) bytes, Long::sum);
        most = Math.max(most, (int) sinceAnswer.values().stream()
                .filter(each -> each > MESSAGE_BYTES)
                .count());
    }

    @Override
    public synchronized void down(Object connection, int bytes) {
        sinceAnswer.remove(connection);
    }

    @Override
    public synchronized void closed(Object connection) {
        sinceAnswer.remove(connection);
    }

    /** All bytes so far. */
    synchronized long bytes() {
        return all;
    }

    /** Most transfers that went on at once. */
    synchronized int most() {
        return most;
    }

    /** Most bytes by which any stretch of time has exceeded a rate: what must fit into buffers on the way. */
    synchronized long excess(long bytesPerSecond) {
        long excess = 0;
        double lowest = Double.MAX_VALUE;
        long begin = course.firstKey();
        for (Map.Entry<Long, Long> each : course.entrySet()) {
            double allowed = (each.getKey() - begin) / 1e9 * bytesPerSecond;
            lowest = Math.min(lowest, each.getValue() - allowed);
            excess = Math.max(excess, (long) (each.getValue() - allowed - lowest));
        }
        return excess;
    }

    /** Bytes that came after a moment of System.nanoTime. */
    synchronized long after(long nanos) {
        Map.Entry<Long, Long> last = course.floorEntry(nanos);
        return all - (last == null ? 0 : last.getValue());
    }
}
