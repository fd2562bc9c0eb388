package org.hikae.fsext.checksum;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * CRC-32C as ext uses it: the state goes in and comes out as it is, inverted neither before nor after.
 *
 * <p>The Java library always begins with all ones. So it is first fed the four bytes that take it from there to the state
 * wanted: the register is linear, and can be run backwards.
 */
public final class Crc32c {

    private static final int POLYNOMIAL = 0x82F63B78;
    private static final int ALL_ONES = -1;
    private static final byte[] ZEROS = new byte[64];
    /** {@link #runBackwards} of each value of each of the state's four bytes. */
    private static final int[][] BEFORE = tables();

    private Crc32c() {}

    /** The state after the bytes from the buffer's position to its limit; the buffer is left as it is. */
    public static int update(int state, ByteBuffer data) {
        CRC32C crc = startingWith(state);
        crc.update(data.duplicate());
        return result(crc);
    }

    /** As {@link #update}, as though {@code length} (at most 64) bytes from index {@code hole} on were zeros. */
    public static int update(int state, ByteBuffer data, int hole, int length) {
        CRC32C crc = startingWith(state);
        crc.update(data.duplicate().limit(hole));
        crc.update(ZEROS, 0, length);
        crc.update(data.duplicate().position(hole + length));
        return result(crc);
    }

    /** The state after four bytes, the lowest first. */
    public static int update(int state, int value) {
        CRC32C crc = startingWith(state);
        feed(crc, value);
        return result(crc);
    }

    private static CRC32C startingWith(int state) {
        CRC32C crc = new CRC32C();
        feed(crc, ALL_ONES ^ beforeFourZeros(state));
        return crc;
    }

    /** The state from which four bytes of zeros lead to this one: that of its bytes, put together. */
    private static int beforeFourZeros(int state) {
        int before = 0;
        for (int at = 0; at < BEFORE.length; at++) {
            before ^= BEFORE[at][state >>> at * Byte.SIZE & 0xFF];
        }
        return before;
    }

    private static int[][] tables() {
        int[][] tables = new int[Integer.BYTES][1 << Byte.SIZE];
        for (int at = 0; at < tables.length; at++) {
            for (int value = 0; value < tables[at].length; value++) {
                tables[at][value] = runBackwards(value << at * Byte.SIZE);
            }
        }
        return tables;
    }

    private static int runBackwards(int state) {
        int before = state;
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            before = before < 0 ? (before ^ POLYNOMIAL) << 1 | 1 : before << 1;
        }
        return before;
    }

    private static void feed(CRC32C crc, int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            crc.update(value >>> shift);
        }
    }

    private static int result(CRC32C crc) {
        return ~(int) crc.getValue();
    }
}
