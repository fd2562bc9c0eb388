package org.hikae.tapevirtual;

/** The words of a SIMH tape file, 32 bits each, little-endian. */
final class TapWords {

    static final int FILEMARK = 0;
    static final int END_OF_MEDIUM = 0xFFFFFFFF;
    static final int GAP = 0xFFFFFFFE;
    /** A gap that begins two bytes earlier. */
    static final int HALF_GAP = 0xFFFEFFFF;

    /** Bytes of a word. */
    static final int WORD = 4;
    /** The longest record, in bytes. */
    static final int LONGEST = 0xFFFFFF;

    /** The class of a word: which kind of record it is the length of. */
    private static final int CLASS = 0xFF000000;

    private static final int BAD_RECORD = 0x80000000;

    private TapWords() {}

    /** Whether it is the length of a record. */
    static boolean isRecord(int word) {
        int kind = word & CLASS;
        return kind == 0 && word != FILEMARK || kind == BAD_RECORD;
    }

    /** Whether a record is marked as one with an error. */
    static boolean isBad(int word) {
        return word < 0;
    }

    static int length(int word) {
        return word & ~CLASS;
    }

    /** Bytes that a record takes in the file. */
    static long span(int length) {
        return 2L * WORD + padded(length);
    }

    /** Data begin and end at even places. */
    static long padded(int length) {
        return (length + 1L) & ~1L;
    }
}
