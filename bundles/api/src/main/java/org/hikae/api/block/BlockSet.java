package org.hikae.api.block;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * An immutable set of block numbers: used, changed, grouped, logged, copied, missing.
 *
 * <p>Block numbers range from 0 to {@code Long.MAX_VALUE - 1}. Thread-safe, since it never changes. Memory and time are
 * about proportional to the number of runs, not to the number of blocks, save that a set of one run costs nothing and
 * that the difference of a long run and something else costs a few bytes for each 65,536 blocks of it.
 */
public final class BlockSet implements Iterable<BlockRun> {

    /** Blocks in a container of the bitmap. */
    static final long CONTAINER = 1L << 16;
    /** So many blocks are added one by one. */
    private static final int FEW = 32;
    /** After so many additions a builder packs its bitmap for the first time. */
    private static final long PACK_AFTER = 4096;

    private static final BlockSet EMPTY = new BlockSet(null, null);

    /** The set, if it is a single run (the set {@code all} of a large disk, above all); else null. */
    private final BlockRun single;
    /** The set, if it has several runs; never changed after construction. */
    private final Roaring64Bitmap bits;

    private BlockSet(BlockRun single, Roaring64Bitmap bits) {
        this.single = single;
        this.bits = bits;
    }

    public static BlockSet empty() {
        return EMPTY;
    }

    /** The set of {@code count} blocks (0 or more) from {@code first} on. */
    public static BlockSet range(long first, long count) {
        return count == 0 ? EMPTY : new BlockSet(new BlockRun(first, count), null);
    }

    public static BlockSet of(BlockRun... runs) {
        return of(List.of(runs));
    }

    /** The union of the runs, which may overlap and come in any order. */
    public static BlockSet of(Collection<BlockRun> runs) {
        Builder builder = new Builder();
        runs.forEach(builder::add);
        return builder.build();
    }

    public boolean isEmpty() {
        return single == null && bits == null;
    }

    /** Number of blocks in the set. */
    public long count() {
        return single != null ? single.count() : bits != null ? bits.getLongCardinality() : 0;
    }

    public boolean contains(long block) {
        if (single != null) {
            return block >= single.first() && block < single.end();
        }
        return bits != null && bits.contains(block);
    }

    /** Whether the set has every block of the run. */
    public boolean containsAll(BlockRun run) {
        if (single != null) {
            return run.first() >= single.first() && run.end() <= single.end();
        }
        Iterator<BlockRun> in = within(run).iterator();
        return in.hasNext() && in.next().equals(run);
    }

    public BlockSet union(BlockSet other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        Roaring64Bitmap result = copyOfBits();
        result.or(other.shareBits());
        return ofBits(result);
    }

    public BlockSet intersect(BlockSet other) {
        if (isEmpty() || other.isEmpty()) {
            return EMPTY;
        }
        if (single != null && other.single != null) {
            long first = Math.max(single.first(), other.single.first());
            return range(first, Math.max(0, Math.min(single.end(), other.single.end()) - first));
        }
        if (single != null) {
            return other.cutTo(single);
        }
        if (other.single != null) {
            return cutTo(other.single);
        }
        Roaring64Bitmap result = copyOfBits();
        result.and(other.bits);
        return ofBits(result);
    }

    /** The blocks of this set that {@code other} does not have. */
    public BlockSet minus(BlockSet other) {
        BlockSet common = intersect(other);
        if (common.isEmpty()) {
            return this;
        }
        Roaring64Bitmap result = copyOfBits();
        result.andNot(common.shareBits());
        return ofBits(result);
    }

    /** The runs in ascending order, none empty, none touching the next. */
    @Override
    public Iterator<BlockRun> iterator() {
        return single != null
                ? List.of(single).iterator()
                : bits == null ? List.<BlockRun>of().iterator() : new BitmapRuns(bits, 0, Long.MAX_VALUE);
    }

    /** As {@link #iterator()}, only the blocks within {@code range}: a run that sticks out is cut. */
    public Iterable<BlockRun> within(BlockRun range) {
        if (single != null) {
            return intersect(range(range.first(), range.count()));
        }
        return bits == null ? EMPTY : () -> new BitmapRuns(bits, range.first(), range.end());
    }

    private BlockSet cutTo(BlockRun range) {
        Builder builder = new Builder();
        within(range).forEach(builder::add);
        return builder.build();
    }

    private Roaring64Bitmap copyOfBits() {
        return single == null ? bits.clone() : shareBits();
    }

    private Roaring64Bitmap shareBits() {
        if (single == null) {
            return bits;
        }
        Roaring64Bitmap result = new Roaring64Bitmap();
        addTo(result, single);
        return result;
    }

    /**
     * Adds a run to a bitmap. {@link Roaring64Bitmap#addRange} itself takes milliseconds for a few blocks: unless the
     * range ends where a container does, it goes over the last container again and again. So it is given such ranges
     * alone, and what sticks out is taken off again before it gets into the bitmap.
     */
    private static void addTo(Roaring64Bitmap bits, BlockRun run) {
        if (run.count() <= FEW) {
            for (long block = run.first(); block < run.end(); block++) {
                bits.addLong(block);
            }
            return;
        }
        long containerEnd = (run.end() - 1 | CONTAINER - 1) + 1;
        if (containerEnd == run.end()) {
            bits.addRange(run.first(), containerEnd);
            return;
        }
        Roaring64Bitmap range = new Roaring64Bitmap();
        range.addRange(run.first(), containerEnd);
        Roaring64Bitmap beyond = new Roaring64Bitmap();
        beyond.addRange(run.end(), containerEnd);
        range.andNot(beyond);
        bits.or(range);
    }

    private static BlockSet ofBits(Roaring64Bitmap bits) {
        if (bits.isEmpty()) {
            return EMPTY;
        }
        long first = bits.first();
        long span = bits.last() - first + 1;
        if (bits.getLongCardinality() == span) {
            return range(first, span);
        }
        bits.runOptimize();
        return new BlockSet(null, bits);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockSet that
                && (single != null
                        ? single.equals(that.single)
                        : bits == null ? that.isEmpty() : bits.equals(that.bits));
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (BlockRun run : this) {
            hash = 31 * hash + run.hashCode();
        }
        return hash;
    }

    /** The number of blocks and the first few runs. */
    @Override
    public String toString() {
        List<String> shown = new ArrayList<>();
        Iterator<BlockRun> runs = iterator();
        while (runs.hasNext() && shown.size() < 10) {
            shown.add(runs.next().toString());
        }
        return count() + " blocks [" + String.join(", ", shown) + (runs.hasNext() ? ", ...]" : "]");
    }

    /** A set in the making. Not thread-safe: its owner says what guards it. */
    public static final class Builder {

        private final Roaring64Bitmap bits = new Roaring64Bitmap();
        /** The one run so far, kept apart so that the whole of a large disk costs nothing; null once in {@link #bits}. */
        private BlockRun only;
        /** Whether {@link #bits} has any: the bitmap itself would count them all to tell. */
        private boolean spilled;

        private long additions;
        /** When to pack next; ever later, so that packing costs little beside adding. */
        private long packAt = PACK_AFTER;

        public Builder add(BlockRun run) {
            if (only == null && !spilled) {
                only = run;
            } else if (only != null && run.first() <= only.end() && run.end() >= only.first()) {
                long first = Math.min(only.first(), run.first());
                only = new BlockRun(first, Math.max(only.end(), run.end()) - first);
            } else {
                spill();
                addTo(bits, run);
                pack();
            }
            return this;
        }

        public Builder add(BlockSet set) {
            set.forEach(this::add);
            return this;
        }

        /** The set of what was added so far; the builder can go on. */
        public BlockSet build() {
            return only != null ? new BlockSet(only, null) : ofBits(bits.clone());
        }

        /** Whether the block was added. */
        public boolean contains(long block) {
            return only != null ? block >= only.first() && block < only.end() : bits.contains(block);
        }

        /** Whether every block of the run was added. */
        public boolean containsAll(BlockRun run) {
            if (only != null) {
                return run.first() >= only.first() && run.end() <= only.end();
            } else if (run.count() > FEW) {
                return missing(run).isEmpty();
            }
            for (long block = run.first(); block < run.end(); block++) {
                if (!bits.contains(block)) {
                    return false;
                }
            }
            return true;
        }

        /** About how much memory the set takes, in bytes. */
        public long sizeInBytes() {
            return bits.getLongSizeInBytes();
        }

        /** The blocks of {@code run} that were not added so far, in ascending runs. */
        public List<BlockRun> missing(BlockRun run) {
            List<BlockRun> missing = new ArrayList<>();
            long next = run.first();
            BlockSet soFar = only != null ? new BlockSet(only, null) : spilled ? new BlockSet(null, bits) : EMPTY;
            for (BlockRun present : soFar.within(run)) {
                if (present.first() > next) {
                    missing.add(new BlockRun(next, present.first() - next));
                }
                next = present.end();
            }
            if (next < run.end()) {
                missing.add(new BlockRun(next, run.end() - next));
            }
            return missing;
        }

        /** What was added piece by piece may be long runs by now, which take a small part of the memory. */
        private void pack() {
            additions++;
            if (additions == packAt) {
                bits.runOptimize();
                packAt += Math.max(PACK_AFTER, additions / 4);
            }
        }

        private void spill() {
            if (only != null) {
                addTo(bits, only);
                only = null;
                spilled = true;
            }
        }
    }
}
