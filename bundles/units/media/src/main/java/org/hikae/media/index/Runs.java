package org.hikae.media.index;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/**
 * What every block of a disk is, in ascending runs without gaps: not in the generation, zeros, in the log, or in a frame
 * from some position on. Immutable; some 14 bytes a run.
 */
public final class Runs {

    /** Instead of a frame: the generation does not answer for the blocks. */
    public static final int NONE = -1;

    /** Instead of a frame: the blocks are zeros. */
    public static final int ZERO = -2;

    /** Instead of a frame: the blocks are in the log, which is kept apart (R10). */
    public static final int LOG = -3;

    private final long blockCount;
    private final long[] firsts;
    private final int[] frames;
    private final char[] positions;

    private Runs(Builder builder) {
        this.blockCount = builder.end;
        this.firsts = Arrays.copyOf(builder.firsts, builder.count);
        this.frames = Arrays.copyOf(builder.frames, builder.count);
        this.positions = Arrays.copyOf(builder.positions, builder.count);
    }

    /** Number of runs. */
    public int count() {
        return firsts.length;
    }

    /** Number of blocks of the disk. */
    public long blockCount() {
        return blockCount;
    }

    /** The run that a block of the disk is in. */
    public int find(long block) {
        int at = Arrays.binarySearch(firsts, block);
        return at >= 0 ? at : -at - 2;
    }

    /** As {@link #find}, quickly if the block is in the run or the next one. */
    public int find(long block, int hint) {
        if (hint < firsts.length && firsts[hint] <= block) {
            if (block < end(hint)) {
                return hint;
            }
            if (hint + 1 < firsts.length && block < end(hint + 1)) {
                return hint + 1;
            }
        }
        return find(block);
    }

    public long first(int run) {
        return firsts[run];
    }

    /** The block after the run's last one. */
    public long end(int run) {
        return run + 1 < firsts.length ? firsts[run + 1] : blockCount;
    }

    /** Number of the frame, or {@link #NONE}, {@link #ZERO} or {@link #LOG}. */
    public int frame(int run) {
        return frames[run];
    }

    /** Number of the block within the frame that the run begins with. */
    public int position(int run) {
        return positions[run];
    }

    /** Number of blocks in runs whose frame is such a one. */
    public long blocks(IntPredicate frameIs) {
        long blocks = 0;
        for (int i = 0; i < firsts.length; i++) {
            blocks += frameIs.test(frames[i]) ? end(i) - firsts[i] : 0;
        }
        return blocks;
    }

    /** The blocks in runs whose frame is such a one. */
    public BlockSet set(IntPredicate frameIs) {
        BlockSet.Builder set = new BlockSet.Builder();
        int i = 0;
        while (i < firsts.length) {
            int from = i;
            while (i < firsts.length && frameIs.test(frames[i])) {
                i++;
            }
            if (i > from) {
                set.add(new BlockRun(firsts[from], end(i - 1) - firsts[from]));
            } else {
                i++;
            }
        }
        return set.build();
    }

    /** Runs in the making, added in ascending order; what is left out is {@link #NONE}. Not thread-safe. */
    public static final class Builder {

        private long end;
        private int count;
        private long[] firsts = new long[16];
        private int[] frames = new int[16];
        private char[] positions = new char[16];

        /** The block after the last one so far. */
        public long end() {
            return end;
        }

        /** Adds a run at or after {@link #end}; one that goes on with the last one becomes a part of it. */
        public void add(long first, long blocks, int frame, int position) {
            if (first < end || blocks < 1) {
                throw new IllegalArgumentException(blocks + " blocks from " + first + " do not follow " + end);
            }
            fillUpTo(first);
            if (count == 0 || !goesOn(first, frame, position)) {
                put(first, frame, position);
            }
            end = first + blocks;
        }

        private void fillUpTo(long first) {
            if (first > end) {
                if (count == 0 || frames[count - 1] != NONE) {
                    put(end, NONE, 0);
                }
                end = first;
            }
        }

        private boolean goesOn(long first, int frame, int position) {
            int last = count - 1;
            return frames[last] == frame && (frame < 0 || position == positions[last] + (first - firsts[last]));
        }

        private void put(long first, int frame, int position) {
            if (count == firsts.length) {
                int size = Math.addExact(count, count >> 1);
                firsts = Arrays.copyOf(firsts, size);
                frames = Arrays.copyOf(frames, size);
                positions = Arrays.copyOf(positions, size);
            }
            firsts[count] = first;
            frames[count] = frame;
            positions[count] = (char) position;
            count++;
        }

        /** The runs of a disk of so many blocks. */
        public Runs build(long blockCount) {
            if (blockCount < end) {
                throw new IllegalArgumentException(end + " blocks of " + blockCount);
            }
            fillUpTo(blockCount);
            return new Runs(this);
        }
    }
}
