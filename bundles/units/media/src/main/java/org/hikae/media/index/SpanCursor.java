package org.hikae.media.index;

import java.io.IOException;
import java.util.Iterator;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/** Tells of blocks, asked for in ascending order, which span of a source they are in. Not thread-safe. */
public final class SpanCursor {

    private final SpanSource source;
    /** The first span that does not end before the block asked for last; null if there is none. */
    private Span span;

    private boolean begun;

    public SpanCursor(SpanSource source) {
        this.source = source;
    }

    /** The blocks of a set, as {@link Span#ZERO}. */
    public static SpanCursor of(BlockSet set) {
        Iterator<BlockRun> runs = set.iterator();
        return new SpanCursor(() -> {
            BlockRun run = runs.hasNext() ? runs.next() : null;
            return run == null ? null : new Span(run.first(), run.end(), Span.ZERO, 0);
        });
    }

    /** The span that has the block; one of {@link Span#NONE} up to the next span if none has it. */
    public Span at(long block) throws IOException {
        while (!begun || span != null && span.end() <= block) {
            begun = true;
            span = source.next();
        }
        if (span == null) {
            return new Span(block, Long.MAX_VALUE, Span.NONE, 0);
        }
        return block < span.first() ? new Span(block, span.first(), Span.NONE, 0) : span;
    }
}
