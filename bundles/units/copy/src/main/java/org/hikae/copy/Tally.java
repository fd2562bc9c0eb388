package org.hikae.copy;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.hikae.api.copy.CopyReport;

/** What the workers of a copy have moved, in bytes. Thread-safe. */
final class Tally {

    final LongAdder read = new LongAdder();
    final LongAdder zero = new LongAdder();
    final LongAdder leftOut = new LongAdder();
    private final Map<String, LongAdder> byNode = new ConcurrentHashMap<>();

    /** What a node has read. */
    void read(String node, long bytes) {
        read.add(bytes);
        byNode.computeIfAbsent(node, any -> new LongAdder()).add(bytes);
    }

    CopyReport report(long nanos, int workers) {
        Map<String, Long> nodes = new TreeMap<>();
        byNode.forEach((node, bytes) -> nodes.put(node, bytes.sum()));
        return new CopyReport(read.sum(), zero.sum(), leftOut.sum(), nanos, workers, nodes);
    }
}
