package org.hikae.block.inplace;

import java.util.Arrays;

/** Which values each byte of a disk may have after a crash. */
final class Possible {

    /** A value has a bit in one of so many words. */
    private static final int WORDS = 4;

    private final int size;
    /** A value that each byte may have. */
    private byte[] content;
    /** The words of each byte, with a bit for each value that it may have besides. */
    private final long[] others;
    /** Beyond these bounds no byte may have another value. */
    private int first;

    private int end;

    Possible(int size) {
        this.size = size;
        this.content = new byte[size];
        this.others = new long[size * WORDS];
        this.first = size;
    }

    /** Each byte has this value, and no other. */
    void only(byte[] now) {
        content = now.clone();
        if (first < end) {
            Arrays.fill(others, first * WORDS, end * WORDS, 0);
        }
        first = size;
        end = 0;
    }

    /** From a position on, bytes may have these values too. */
    void also(int offset, byte[] values) {
        for (int i = 0; i < values.length; i++) {
            others[word(offset + i, values[i])] |= bit(values[i]);
        }
        first = Math.min(first, offset);
        end = Math.max(end, offset + values.length);
    }

    boolean has(int at, byte value) {
        return content[at] == value || (others[word(at, value)] & bit(value)) != 0;
    }

    private static int word(int at, byte value) {
        return at * WORDS + ((value & 0xff) >> 6);
    }

    private static long bit(byte value) {
        return 1L << (value & 0x3f);
    }
}
