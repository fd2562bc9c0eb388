package org.hikae.fs.shared.store.region;

import java.util.NavigableMap;
import java.util.TreeMap;

/** Which blocks of the file are still needed. Not thread-safe. */
public final class LiveBlocks {

    private final NavigableMap<Long, Long> ends = new TreeMap<>();

    /** Adds consecutive blocks. */
    public void add(long first, long count) {
        ends.merge(first, first + count, Math::max);
    }

    boolean contains(long block) {
        var range = ends.floorEntry(block);
        return range != null && block < range.getValue();
    }
}
