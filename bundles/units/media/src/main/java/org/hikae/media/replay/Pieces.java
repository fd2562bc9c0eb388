package org.hikae.media.replay;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the before-images of a log, in the log's order. */
interface Pieces {

    /** Looks at each, and keeps none. */
    Pieces NONE = (number, first, count, data) -> {};

    /**
     * @param number of the record, 1 or more; pieces of one record follow one another
     * @param first number of the first block
     * @param count number of blocks
     * @param data the blocks, direct, from position to limit, not to be kept; null: zeros
     */
    void put(long number, long first, long count, ByteBuffer data) throws IOException;
}
