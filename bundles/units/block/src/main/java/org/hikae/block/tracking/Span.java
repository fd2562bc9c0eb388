package org.hikae.block.tracking;

/**
 * Consecutive epochs whose changes are kept as one: nobody can ask for a part of them any more.
 *
 * @param first number of the first epoch
 * @param last number of the last one, not below {@code first}
 */
record Span(long first, long last) {

    Span {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("not a span of epochs: " + first + " to " + last);
        }
    }

    Span join(Span other) {
        return new Span(Math.min(first, other.first), Math.max(last, other.last));
    }

    /** Whether the end of that epoch lies within, so that nobody can tell any more what came after it. */
    boolean covers(long point) {
        return first <= point && point < last;
    }
}
