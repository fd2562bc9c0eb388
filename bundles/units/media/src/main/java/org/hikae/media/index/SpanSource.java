package org.hikae.media.index;

import java.io.IOException;

/** Spans in ascending order, none overlapping another, read one after the other. Not thread-safe. */
@FunctionalInterface
public interface SpanSource {

    /**
     * The next span; null if there is none.
     *
     * @throws IOException if it cannot be read
     */
    Span next() throws IOException;

    /** The same where frames are counted from another one. */
    default SpanSource after(int frames) {
        return () -> {
            Span span = next();
            return span == null ? null : span.after(frames);
        };
    }
}
