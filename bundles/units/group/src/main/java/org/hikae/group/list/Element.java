package org.hikae.group.list;

import java.util.List;

/** A piece of the pattern of a name. */
sealed interface Element {

    /** Any number of characters. */
    Element STAR = new Star();

    /** Any one character. */
    Element ONE = new One();

    /** Whether it stands for this character, if it stands for one. */
    boolean matches(int codePoint);

    /** See {@link #STAR}. */
    record Star() implements Element {
        @Override
        public boolean matches(int codePoint) {
            return true;
        }
    }

    /** See {@link #ONE}. */
    record One() implements Element {
        @Override
        public boolean matches(int codePoint) {
            return true;
        }
    }

    /** A character that stands for itself. */
    record Literal(int codePoint) implements Element {
        @Override
        public boolean matches(int other) {
            return codePoint == other;
        }
    }

    /** One of some characters, or of all others. */
    record Choice(boolean others, List<Range> ranges) implements Element {

        public Choice {
            ranges = List.copyOf(ranges);
        }

        @Override
        public boolean matches(int codePoint) {
            return ranges.stream().anyMatch(range -> range.has(codePoint)) != others;
        }
    }

    /** Characters, in the order of Unicode. */
    record Range(int first, int last) {
        boolean has(int codePoint) {
            return codePoint >= first && codePoint <= last;
        }
    }
}
