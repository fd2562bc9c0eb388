package org.hikae.block.allocation;

import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.hikae.api.block.BlockRun;

/**
 * Free extents, by where they start and by how long they are. No two of them touch, so every extent is as long as it can be.
 * All takes O(log n) of the number of extents. Not thread-safe.
 */
final class Extents {

    private final NavigableSet<BlockRun> byStart = new TreeSet<>(Comparator.comparingLong(BlockRun::first));
    private final NavigableSet<BlockRun> bySize =
            new TreeSet<>(Comparator.comparingLong(BlockRun::count).thenComparingLong(BlockRun::first));

    /** Adds blocks that are in no extent yet, and joins them with their neighbours. */
    void add(BlockRun run) {
        BlockRun before = byStart.lower(run);
        BlockRun after = byStart.higher(run);
        long first = run.first();
        long end = run.end();
        if (before != null && before.end() == first) {
            remove(before);
            first = before.first();
        }
        if (after != null && after.first() == end) {
            remove(after);
            end = after.end();
        }
        insert(first, end);
    }

    /** Takes blocks out that lie in one extent, which may leave two. */
    void cut(BlockRun run) {
        BlockRun extent = byStart.floor(run);
        remove(extent);
        insert(extent.first(), run.first());
        insert(run.end(), extent.end());
    }

    private void insert(long first, long end) {
        if (first < end) {
            BlockRun extent = new BlockRun(first, end - first);
            byStart.add(extent);
            bySize.add(extent);
        }
    }

    private void remove(BlockRun extent) {
        byStart.remove(extent);
        bySize.remove(extent);
    }

    /** Whether a block of the run is in an extent. */
    boolean intersects(BlockRun run) {
        BlockRun last = byStart.lower(new BlockRun(run.end(), 1));
        return last != null && last.end() > run.first();
    }

    /** What is free from a block on; null if the block itself is not. */
    BlockRun from(long block) {
        BlockRun extent = byStart.floor(new BlockRun(block, 1));
        return extent == null || extent.end() <= block ? null : new BlockRun(block, extent.end() - block);
    }

    /** The shortest extent of so many blocks or more, the first one of these; null if there is none. */
    BlockRun fitting(long count) {
        return bySize.ceiling(new BlockRun(0, count));
    }

    /** Null if there is none. */
    BlockRun longest() {
        return bySize.isEmpty() ? null : bySize.last();
    }
}
