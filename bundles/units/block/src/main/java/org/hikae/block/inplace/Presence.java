package org.hikae.block.inplace;

import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/**
 * Which blocks of a disk are on it while a generation stands in for the others, and of which of these the home does not
 * know yet. What is present stays so. Compressed: memory grows with the number of runs, and is never more than a bit for
 * each block of the places that were written. Thread-safe.
 */
final class Presence {

    /** So many blocks are looked at first, twice as many each time after that: near answers come at once, far ones soon. */
    private static final long FIRST_LOOK = 256;

    private static final long LONGEST_LOOK = 1 << 20;

    private final long blocks;
    /** Guards all below; held for moments. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    private final BlockSet.Builder present = new BlockSet.Builder();
    private BlockSet.Builder unrecorded = new BlockSet.Builder();
    /** Whether something became present that the home was never told of. */
    private boolean changed;

    private volatile long count;

    /**
     * @param blocks number of blocks that the generation has anything of; all later ones are present
     * @param found those that were found in the home. Whoever wrote that may have been killed before it was durable: it is
     *     told again before anybody relies on it.
     */
    Presence(long blocks, BlockSet found) {
        this.blocks = blocks;
        present.add(found);
        unrecorded.add(found);
        this.count = found.count();
    }

    long blocks() {
        return blocks;
    }

    /** How many of the generation's blocks are present. */
    long count() {
        return count;
    }

    boolean complete() {
        return count == blocks;
    }

    /** The blocks of a run that are not present, in ascending runs. */
    List<BlockRun> missing(BlockRun run) {
        if (complete() || run.first() >= blocks) {
            return List.of();
        }
        BlockRun asked = cut(run);
        lock.readLock().lock();
        try {
            return present.missing(asked);
        } finally {
            lock.readLock().unlock();
        }
    }

    boolean hasAll(BlockRun run) {
        if (complete() || run.first() >= blocks) {
            return true;
        }
        BlockRun asked = cut(run);
        lock.readLock().lock();
        try {
            return present.containsAll(asked);
        } finally {
            lock.readLock().unlock();
        }
    }

    private BlockRun cut(BlockRun run) {
        return run.end() <= blocks ? run : new BlockRun(run.first(), blocks - run.first());
    }

    /** Says that the blocks have been written. */
    void add(BlockRun run) {
        if (complete() || run.first() >= blocks) {
            return;
        }
        BlockRun written = cut(run);
        lock.writeLock().lock();
        try {
            long added = 0;
            for (BlockRun each : present.missing(written)) {
                unrecorded.add(each);
                added += each.count();
            }
            if (added > 0) {
                changed = true;
                present.add(written);
                long now = count + added;
                count = now;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The first block from one on that is not present; {@link #blocks} if there is none. */
    long nextMissing(long from) {
        return nextMissing(from, blocks);
    }

    /** As the other; looks no further than up to {@code to}, which is the answer if there is none before. */
    long nextMissing(long from, long to) {
        long end = Math.min(to, blocks);
        long at = from;
        for (long look = FIRST_LOOK; at < end && !complete(); look = Math.min(2 * look, LONGEST_LOOK)) {
            BlockRun window = new BlockRun(at, Math.min(look, end - at));
            List<BlockRun> missing = missing(window);
            if (!missing.isEmpty()) {
                return missing.get(0).first();
            }
            at = window.end();
        }
        return Math.max(from, to);
    }

    /** The first block from one on that is present; beyond the generation's blocks all are. */
    long nextPresent(long from) {
        return nextPresent(from, blocks);
    }

    /** As the other; looks no further than up to {@code to}, which is the answer if there is none before. */
    long nextPresent(long from, long to) {
        long end = Math.min(to, blocks);
        long at = from;
        for (long look = FIRST_LOOK; at < end; look = Math.min(2 * look, LONGEST_LOOK)) {
            BlockRun window = new BlockRun(at, Math.min(look, end - at));
            List<BlockRun> missing = missing(window);
            if (missing.isEmpty() || missing.get(0).first() > at) {
                return at;
            } else if (missing.get(0).end() < window.end()) {
                return missing.get(0).end();
            }
            at = window.end();
        }
        return at;
    }

    /** Whether something became present that the home does not know of. */
    boolean changed() {
        lock.readLock().lock();
        try {
            return changed;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Takes the blocks that the home does not know of, to tell it. */
    BlockSet take() {
        lock.writeLock().lock();
        try {
            BlockSet taken = unrecorded.build();
            unrecorded = new BlockSet.Builder();
            changed = false;
            return taken;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Takes that back: the home could not be told. */
    void giveBack(BlockSet taken) {
        lock.writeLock().lock();
        try {
            unrecorded.add(taken);
            changed |= !taken.isEmpty();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** All that are present but those that are yet to be {@link #take taken}. */
    BlockSet taken() {
        lock.readLock().lock();
        try {
            return present.build().minus(unrecorded.build());
        } finally {
            lock.readLock().unlock();
        }
    }
}
