package org.hikae.block.tracking;

import java.util.function.Supplier;
import org.hikae.api.block.BlockSet;

/** Blocks that were changed in some epochs, and that no file holds yet. */
record Piece(Span epochs, Supplier<BlockSet> blocks) {

    static Piece of(OpenEpoch ended) {
        return new Piece(new Span(ended.number(), ended.number()), ended::blocks);
    }

    static Piece of(long epoch, BlockSet blocks) {
        return new Piece(new Span(epoch, epoch), () -> blocks);
    }
}
