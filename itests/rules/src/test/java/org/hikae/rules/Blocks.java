package org.hikae.rules;

import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.log.Uncopied;

/** Sets of the model's two blocks, as bits; what is to be decided about them is decided by the code in use. */
final class Blocks {

    static final int FIRST = 1;
    static final int SECOND = 2;
    static final int BOTH = 3;

    /** By what is asked, and by what is copied or held. */
    private static final int[][] UNCOPIED = table(Blocks::uncopiedOf);

    private static final int[][] UNLOGGED = table(Blocks::unloggedOf);
    private static final int[][] WITHIN = table(Blocks::withinOf);

    private Blocks() {}

    private interface Decision {
        List<BlockRun> of(BlockRun run, BlockSet known);
    }

    private static int[][] table(Decision decision) {
        int[][] table = new int[BOTH + 1][BOTH + 1];
        for (int asked = 0; asked <= BOTH; asked++) {
            for (int known = 0; known <= BOTH; known++) {
                for (BlockRun run : set(asked)) {
                    table[asked][known] |= bits(decision.of(run, set(known)));
                }
            }
        }
        return table;
    }

    private static List<BlockRun> uncopiedOf(BlockRun run, BlockSet copied) {
        return Uncopied.of(run, copied);
    }

    private static List<BlockRun> unloggedOf(BlockRun run, BlockSet held) {
        return new BlockSet.Builder().add(held).missing(run);
    }

    private static List<BlockRun> withinOf(BlockRun run, BlockSet wanted) {
        List<BlockRun> within = new ArrayList<>();
        wanted.within(run).forEach(within::add);
        return within;
    }

    private static BlockSet set(int bits) {
        BlockSet.Builder set = new BlockSet.Builder();
        for (int block = 0; bits >> block != 0; block++) {
            if ((bits >> block & 1) != 0) {
                set.add(new BlockRun(block, 1));
            }
        }
        return bits == 0 ? BlockSet.empty() : set.build();
    }

    private static int bits(List<BlockRun> runs) {
        int bits = 0;
        for (BlockRun run : runs) {
            for (long block = run.first(); block < run.end(); block++) {
                bits |= 1 << block;
            }
        }
        return bits;
    }

    /** What is not known to be copied. */
    static int uncopied(int asked, int copied) {
        return UNCOPIED[asked][copied];
    }

    /** What is not known to be held. */
    static int unlogged(int asked, int held) {
        return UNLOGGED[asked][held];
    }

    static int wanted(int asked, int wanted) {
        return WITHIN[asked][wanted];
    }

    /** One of them, the lowest; they are read and written in that order. */
    static int lowest(int bits) {
        return Integer.lowestOneBit(bits);
    }
}
