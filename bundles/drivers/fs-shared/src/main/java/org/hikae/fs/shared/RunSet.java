package org.hikae.fs.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.block.BlockRun;

/** Blocks as runs, of which parts come and go. Not thread-safe. */
final class RunSet {

    /** Runs by their first blocks; none touches the next. */
    private final TreeMap<Long, BlockRun> runs = new TreeMap<>();

    /** Adds blocks that are not in it. */
    void add(BlockRun run) {
        long first = run.first();
        long end = run.end();
        Map.Entry<Long, BlockRun> before = runs.lowerEntry(first);
        if (before != null && before.getValue().end() == first) {
            first = before.getKey();
        }
        BlockRun after = runs.remove(end);
        if (after != null) {
            end = after.end();
        }
        runs.put(first, new BlockRun(first, end - first));
    }

    boolean containsAll(BlockRun run) {
        Map.Entry<Long, BlockRun> around = runs.floorEntry(run.first());
        return around != null && around.getValue().end() >= run.end();
    }

    /** Takes blocks off that are all in it. */
    void remove(BlockRun run) {
        BlockRun around = runs.remove(runs.floorKey(run.first()));
        if (around.first() < run.first()) {
            runs.put(around.first(), new BlockRun(around.first(), run.first() - around.first()));
        }
        if (run.end() < around.end()) {
            runs.put(run.end(), new BlockRun(run.end(), around.end() - run.end()));
        }
    }

    List<BlockRun> all() {
        return new ArrayList<>(runs.values());
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }
}
