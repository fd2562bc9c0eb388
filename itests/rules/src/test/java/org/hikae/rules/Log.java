package org.hikae.rules;

import java.util.List;

/**
 * What is logged.
 *
 * @param held blocks that the log manager holds
 * @param queued those of them that the sink was not given yet
 * @param queuedLate of these, those whose image is of after T0
 * @param put blocks that the sink was given
 * @param putLate of these, those whose image is of after T0
 * @param own what each node keeps to itself
 * @param numbers how many numbers were given
 */
record Log(int held, int queued, int queuedLate, int put, int putLate, List<Own> own, int numbers) {

    static final Log EMPTY = new Log(0, 0, 0, 0, 0, List.of(Own.EMPTY, Own.EMPTY), 0);

    /**
     * A node's own log (a.2).
     *
     * @param held the blocks in it
     * @param late those whose image is of after T0
     * @param first number of the first block's record
     * @param second of the second one's
     * @param sent on its way to the log manager, where nobody waits for an answer
     * @param sentLate of this, what is of after T0
     */
    record Own(int held, int late, int first, int second, int sent, int sentLate) {

        static final Own EMPTY = new Own(0, 0, 0, 0, 0, 0);

        /** One thread writes on a node, so it logs no block twice. */
        Own add(int blocks, int images, int number) {
            return new Own(
                    held | blocks,
                    late | images,
                    (blocks & Blocks.FIRST) != 0 ? number : first,
                    (blocks & Blocks.SECOND) != 0 ? number : second,
                    sent,
                    sentLate);
        }

        Own sending(int blocks, int images) {
            return new Own(held, late, first, second, blocks, images);
        }

        /** Whether its record of a block comes before another node's. */
        private boolean precedes(Own other, int block) {
            boolean older = block == Blocks.FIRST ? first < other.first : second < other.second;
            return (held & block) != 0 && ((other.held & block) == 0 || older);
        }
    }

    Own own(int node) {
        return own.get(node);
    }

    Log own(int node, Own changed) {
        List<Own> all = node == 0 ? List.of(changed, own.get(1)) : List.of(own.get(0), changed);
        return new Log(held, queued, queuedLate, put, putLate, all, numbers);
    }

    Log counting() {
        return new Log(held, queued, queuedLate, put, putLate, own, numbers + 1);
    }

    /** Centrally: the first record of each block wins. */
    Log take(int blocks, int images) {
        int first = Blocks.unlogged(blocks, held);
        return new Log(held | blocks, queued | first, queuedLate | images & first, put, putLate, own, numbers);
    }

    /** The sink is given a block that is queued. */
    Log put(int block) {
        return new Log(
                held, queued & ~block, queuedLate & ~block, put | block, putLate | queuedLate & block, own, numbers);
    }

    /** At the end, of each block the image with the lowest number. */
    Log merged() {
        int images = 0;
        for (int block = Blocks.FIRST; block <= Blocks.SECOND; block <<= 1) {
            Own oldest = own.get(0).precedes(own.get(1), block) ? own.get(0) : own.get(1);
            images |= oldest.late & block;
        }
        int blocks = own.get(0).held | own.get(1).held;
        return new Log(held, 0, 0, blocks, images, own, numbers);
    }
}
