package org.hikae.fs.shared;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.block.BlockRun;
import org.hikae.api.shared.spi.FreeSpace;

/** What openers were promised, and which blocks they have reserved. In memory: a crash frees all of it. Thread-safe. */
final class Reservations {

    private final FreeSpace free;
    /** By opener. Guarded by this. */
    private final Map<Long, Held> held = new HashMap<>();
    /** Blocks that are promised or reserved, of all openers. Guarded by this. */
    private long unmapped;

    Reservations(FreeSpace free) {
        this.free = free;
    }

    private static final class Held {
        private final RunSet reserved = new RunSet();
        private long promised;
    }

    /** @return false, and nothing was promised, if there are not so many blocks */
    synchronized boolean promise(long blocks, long opener) {
        if (!free.promise(blocks)) {
            return false;
        }
        of(opener).promised += blocks;
        unmapped += blocks;
        return true;
    }

    /** @throws IllegalArgumentException if not so many are promised */
    synchronized void giveBack(long blocks, long opener) {
        if (blocks < 0 || blocks > of(opener).promised) {
            throw new IllegalArgumentException(
                    blocks + " blocks are given back of " + of(opener).promised + " that are promised");
        }
        of(opener).promised -= blocks;
        unmapped -= blocks;
        free.giveBack(blocks);
        forgetIfEmpty(opener);
    }

    /** Blocks that are promised or reserved, and so may become extents. */
    synchronized long unmapped() {
        return unmapped;
    }

    /**
     * Uses promises up, for blocks that are to be {@link #reserve reserved} now. What was not promised is, if possible.
     *
     * @return false, and nothing was done, if there are not so many blocks
     */
    synchronized boolean draw(long blocks, long opener) {
        long missing = Math.max(0, blocks - of(opener).promised);
        if (missing > 0 && !promise(missing, opener)) {
            forgetIfEmpty(opener);
            return false;
        }
        of(opener).promised -= blocks;
        return true;
    }

    /** Takes blocks that were drawn. */
    synchronized List<BlockRun> reserve(long goal, long count, long opener) {
        List<BlockRun> runs = free.take(goal, count);
        runs.forEach(of(opener).reserved::add);
        return runs;
    }

    synchronized boolean has(BlockRun run, long opener) {
        return held.containsKey(opener) && of(opener).reserved.containsAll(run);
    }

    /** Reserved blocks are a file's now. */
    synchronized void used(List<BlockRun> runs, long opener) {
        runs.forEach(of(opener).reserved::remove);
        unmapped -= count(runs);
        forgetIfEmpty(opener);
    }

    /** Blocks are no file's after all. */
    synchronized void unused(List<BlockRun> runs, long opener) {
        runs.forEach(of(opener).reserved::add);
        unmapped += count(runs);
    }

    private static long count(List<BlockRun> runs) {
        return runs.stream().mapToLong(BlockRun::count).sum();
    }

    /** Those of the blocks that are reserved are not needed: no file ever had them, so they are free at once. */
    synchronized void drop(List<BlockRun> runs, long opener) {
        for (BlockRun run : runs) {
            if (has(run, opener)) {
                used(List.of(run), opener);
                free.free(run);
            }
        }
    }

    /** Whatever the opener was promised, or has reserved, is free. */
    synchronized void forget(long opener) {
        Held own = held.remove(opener);
        if (own != null) {
            unmapped -= own.promised + count(own.reserved.all());
            free.giveBack(own.promised);
            own.reserved.all().forEach(free::free);
        }
    }

    private Held of(long opener) {
        return held.computeIfAbsent(opener, key -> new Held());
    }

    private void forgetIfEmpty(long opener) {
        if (of(opener).promised == 0 && of(opener).reserved.isEmpty()) {
            held.remove(opener);
        }
    }
}
