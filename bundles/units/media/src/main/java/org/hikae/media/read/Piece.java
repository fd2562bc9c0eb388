package org.hikae.media.read;

import org.hikae.media.index.Span;

/**
 * Consecutive blocks that are read in one way.
 *
 * @param part whose the frame is; of no meaning if there is none
 */
public record Piece(Span span, Part part) {

    /** Only the blocks that a span has too. */
    Piece within(Span other) {
        return new Piece(span.cut(Math.max(span.first(), other.first()), Math.min(span.end(), other.end())), part);
    }
}
