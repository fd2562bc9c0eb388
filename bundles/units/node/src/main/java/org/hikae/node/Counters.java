package org.hikae.node;

import java.util.concurrent.atomic.LongAdder;
import org.hikae.api.node.NodeStatistics;

/** What a node counts, in bytes. Thread-safe. */
final class Counters {

    final LongAdder read = new LongAdder();
    final LongAdder written = new LongAdder();
    final LongAdder logged = new LongAdder();

    NodeStatistics statistics(int disks) {
        return new NodeStatistics(read.sum(), written.sum(), logged.sum(), disks);
    }
}
