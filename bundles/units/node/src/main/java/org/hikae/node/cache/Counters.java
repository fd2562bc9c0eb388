package org.hikae.node.cache;

import java.util.concurrent.atomic.LongAdder;
import org.hikae.api.node.NodeStatistics;

/** What a node counts. Thread-safe. */
public final class Counters {

    /** Bytes that users read. */
    public final LongAdder read = new LongAdder();
    /** Bytes that users read, and that were in the cache. */
    public final LongAdder hit = new LongAdder();
    /** Bytes that users wrote or zeroed. */
    public final LongAdder written = new LongAdder();
    /** Bytes that went through the door. */
    public final LongAdder writtenOut = new LongAdder();
    /** Bytes of before-images. */
    public final LongAdder logged = new LongAdder();
    /** How often leases were asked for. */
    public final LongAdder requests = new LongAdder();
    /** How often leases were called back. */
    public final LongAdder recalls = new LongAdder();
    /** How often a writer waited for room in the cache. */
    public final LongAdder waits = new LongAdder();

    public NodeStatistics statistics(int disks, PageCache cache) {
        return new NodeStatistics(
                read.sum(),
                written.sum(),
                logged.sum(),
                disks,
                cache.bound(),
                cache.cachedBytes(),
                cache.dirtyBytes(),
                hit.sum(),
                writtenOut.sum(),
                waits.sum(),
                requests.sum(),
                recalls.sum());
    }
}
