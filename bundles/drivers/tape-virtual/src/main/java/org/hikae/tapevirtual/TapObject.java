package org.hikae.tapevirtual;

/**
 * What stands at a place of a tape file.
 *
 * @param start where its first word is, in bytes of the file; gaps before it are passed
 * @param length bytes of a record's data; 0 of all else
 * @param next where the next object begins; of {@link Kind#END} and {@link Kind#LOST} the same as {@code start}
 */
record TapObject(Kind kind, long start, int length, long next) {

    /** Kinds of objects, and what there may be in their stead. */
    enum Kind {
        RECORD,
        /** A record that cannot be read, but passed over. */
        BAD,
        FILEMARK,
        /** Nothing follows, or only what a killed process had begun to write. */
        END,
        /** Something that is no object; where the next one begins cannot be told. */
        LOST
    }

    /** Whether the head can pass it. */
    boolean isPassable() {
        return kind != Kind.END && kind != Kind.LOST;
    }
}
