package org.hikae.media.index;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;

/**
 * Says of each block of a generation's set where it comes from: of those that the generation stores, the log is asked
 * first, then what was copied (c.5, R8); the others are the parent's (R1).
 */
public final class Overlay {

    /** Takes spans in ascending order. */
    public interface Sink {
        void add(Span span) throws IOException;
    }

    private final BlockSet set;
    private final SpanCursor stored;
    private final SpanCursor log;
    private final SpanCursor copied;
    private final SpanCursor parent;
    private final Missing missing = new Missing("are neither copied nor logged");
    private final Missing orphans = new Missing("should be the parent's, which does not have them");

    /**
     * @param stored the part of the set that the generation holds itself
     * @param log the blocks in the log
     * @param copied the copied blocks, right or wrong where the log has them too
     * @param parent the blocks that the parent answers for
     */
    public Overlay(BlockSet set, BlockSet stored, SpanSource log, SpanSource copied, SpanSource parent) {
        this.set = set;
        this.stored = SpanCursor.of(stored);
        this.log = new SpanCursor(log);
        this.copied = new SpanCursor(copied);
        this.parent = new SpanCursor(parent);
    }

    /**
     * @param logged what becomes of a span of the log
     * @throws IOException if a block of the set is nowhere
     */
    public void run(UnaryOperator<Span> logged, Sink sink) throws IOException {
        for (BlockRun wanted : set) {
            long block = wanted.first();
            while (block < wanted.end()) {
                Span span = span(block, wanted.end(), logged);
                if (span.frame() != Span.NONE) {
                    sink.add(span);
                }
                block = span.end();
            }
        }
        missing.check();
        orphans.check();
    }

    /** What begins at the block, up to some end. */
    private Span span(long block, long end, UnaryOperator<Span> logged) throws IOException {
        Span own = stored.at(block);
        long to = Math.min(end, own.end());
        if (own.frame() == Span.NONE) {
            Span above = parent.at(block);
            Span cut = above.cut(block, Math.min(to, above.end()));
            return above.frame() == Span.NONE ? orphans.note(cut) : cut.as(Span.PARENT);
        }
        Span inLog = log.at(block);
        to = Math.min(to, inLog.end());
        if (inLog.frame() != Span.NONE) {
            return logged.apply(inLog.cut(block, to));
        }
        Span inCopy = copied.at(block);
        Span cut = inCopy.cut(block, Math.min(to, inCopy.end()));
        return inCopy.frame() == Span.NONE ? missing.note(cut) : cut;
    }

    /** The spans of a source as far as they are in a set, handed over in ascending order. */
    public static void cut(SpanSource source, BlockSet set, Sink sink) throws IOException {
        SpanCursor within = SpanCursor.of(set);
        for (Span span = source.next(); span != null; span = source.next()) {
            long block = span.first();
            while (block < span.end()) {
                Span in = within.at(block);
                long end = Math.min(span.end(), in.end());
                if (in.frame() != Span.NONE) {
                    sink.add(span.cut(block, end));
                }
                block = end;
            }
        }
    }

    /** Blocks that are nowhere. */
    private static final class Missing {

        private final String what;
        private long blocks;
        private long first;

        Missing(String what) {
            this.what = what;
        }

        Span note(Span span) {
            first = blocks == 0 ? span.first() : first;
            blocks += span.blocks();
            return span;
        }

        void check() throws IOException {
            if (blocks > 0) {
                throw new IOException(blocks + " wanted blocks, from block " + first + " on, " + what);
            }
        }
    }
}
