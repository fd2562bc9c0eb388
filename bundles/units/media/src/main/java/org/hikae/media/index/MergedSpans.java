package org.hikae.media.index;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Several sources as one. A block that is in more than one is taken from any of them: what was copied twice was read
 * twice after T0, and if it was overwritten in between, its before-image is in the log.
 */
public final class MergedSpans implements SpanSource {

    /** A source and its next span. */
    private static final class Head {

        private final SpanSource source;
        private Span span;

        Head(SpanSource source) {
            this.source = source;
        }

        boolean advance() throws IOException {
            span = source.next();
            return span != null;
        }

        long first() {
            return span.first();
        }
    }

    private final PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparingLong(Head::first));
    private long end;

    /** @throws IOException if a source cannot be read */
    public MergedSpans(List<SpanSource> sources) throws IOException {
        for (SpanSource source : sources) {
            put(new Head(source));
        }
    }

    private void put(Head head) throws IOException {
        if (head.advance()) {
            heads.add(head);
        }
    }

    @Override
    public Span next() throws IOException {
        while (!heads.isEmpty()) {
            Head head = heads.poll();
            Span span = head.span;
            put(head);
            if (span.end() > end) {
                Span rest = span.cut(Math.max(span.first(), end), span.end());
                end = rest.end();
                return rest;
            }
        }
        return null;
    }
}
