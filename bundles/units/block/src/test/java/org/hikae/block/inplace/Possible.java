package org.hikae.block.inplace;

import java.util.Arrays;

/** Which values each byte of a disk may have after a crash. */
final class Possible {

    /** A bit for each value of each byte. */
    private final long[][] values;

    Possible(int size) {
        values = new long[size][4];
    }

    /** Each byte has this value, and no other. */
    void only(byte[] content) {
        for (long[] each : values) {
            Arrays.fill(each, 0);
        }
        also(0, content);
    }

    /** From a position on, bytes may have these values too. */
    void also(int offset, byte[] content) {
        for (int i = 0; i < content.length; i++) {
            values[offset + i][word(content[i])] |= bit(content[i]);
        }
    }

    boolean has(int at, byte value) {
        return (values[at][word(value)] & bit(value)) != 0;
    }

    private static int word(byte value) {
        return (value & 0xff) >> 6;
    }

    private static long bit(byte value) {
        return 1L << (value & 0x3f);
    }
}
