package org.hikae.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.api.block.BlockRun;

/**
 * The blocks known to be copied (R7). Copying goes in disk order, so these are a few long runs, which merge as they
 * grow: memory does not depend on the disk's size. Thread-safe.
 */
final class CopiedRuns {

    /** First block to the block after the last one; no two runs touch. Guarded by this. */
    private final TreeMap<Long, Long> runs = new TreeMap<>();

    synchronized void add(BlockRun run) {
        long first = run.first();
        long end = run.end();
        Map.Entry<Long, Long> before = runs.floorEntry(first);
        if (before != null && before.getValue() >= first) {
            first = before.getKey();
            end = Math.max(end, before.getValue());
        }
        for (Map.Entry<Long, Long> next = runs.ceilingEntry(first);
                next != null && next.getKey() <= end;
                next = runs.ceilingEntry(first)) {
            end = Math.max(end, next.getValue());
            runs.remove(next.getKey());
        }
        runs.put(first, end);
    }

    /** The blocks of the run that are not known to be copied, in ascending runs. */
    synchronized List<BlockRun> missing(BlockRun run) {
        List<BlockRun> missing = new ArrayList<>();
        long next = run.first();
        Map.Entry<Long, Long> copied = runs.floorEntry(next);
        if (copied == null || copied.getValue() <= next) {
            copied = runs.higherEntry(next);
        }
        while (copied != null && copied.getKey() < run.end()) {
            if (copied.getKey() > next) {
                missing.add(new BlockRun(next, copied.getKey() - next));
            }
            next = copied.getValue();
            copied = runs.higherEntry(copied.getKey());
        }
        if (next < run.end()) {
            missing.add(new BlockRun(next, run.end() - next));
        }
        return missing;
    }

    /** The blocks of the run that are known to be copied, in ascending runs. */
    synchronized List<BlockRun> within(BlockRun run) {
        Map.Entry<Long, Long> copied = runs.floorEntry(run.first());
        long from = copied == null ? run.first() : copied.getKey();
        List<BlockRun> within = new ArrayList<>();
        for (Map.Entry<Long, Long> next : runs.subMap(from, run.end()).entrySet()) {
            long first = Math.max(run.first(), next.getKey());
            long end = Math.min(run.end(), next.getValue());
            if (first < end) {
                within.add(new BlockRun(first, end - first));
            }
        }
        return within;
    }
}
