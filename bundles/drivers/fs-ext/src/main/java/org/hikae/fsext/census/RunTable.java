package org.hikae.fsext.census;

import java.util.Arrays;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/**
 * The runs of a set in two arrays, which tell within nanoseconds whether a run lies in the set. Of a set with very many
 * runs it holds the first ones only: what it does not know of may lie in the set all the same. Immutable.
 */
final class RunTable {

    /** 16 bytes each. */
    private static final int MOST_RUNS = 1 << 20;

    private final long[] firsts;
    private final long[] ends;

    RunTable(BlockSet set) {
        this(set, MOST_RUNS);
    }

    RunTable(BlockSet set, int most) {
        long[] first = new long[1024];
        long[] end = new long[1024];
        int count = 0;
        for (BlockRun run : set) {
            if (count == most) {
                break;
            }
            if (count == first.length) {
                first = Arrays.copyOf(first, 2 * count);
                end = Arrays.copyOf(end, 2 * count);
            }
            first[count] = run.first();
            end[count++] = run.end();
        }
        this.firsts = Arrays.copyOf(first, count);
        this.ends = Arrays.copyOf(end, count);
    }

    /** Whether all these blocks are known to lie in the set. */
    boolean containsAll(long first, long count) {
        int at = Arrays.binarySearch(firsts, first);
        int run = at >= 0 ? at : -at - 2;
        return run >= 0 && first < ends[run] && count <= ends[run] - first;
    }
}
