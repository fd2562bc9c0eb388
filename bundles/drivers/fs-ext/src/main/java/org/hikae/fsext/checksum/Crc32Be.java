package org.hikae.fsext.checksum;

import java.nio.ByteBuffer;

/** CRC-32 with the highest bit first and no inversions, for whole transactions of old journals. */
public final class Crc32Be {

    private static final int POLYNOMIAL = 0x04C11DB7;
    private static final int[] TABLE = new int[256];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            int crc = i << 24;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = crc < 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
            }
            TABLE[i] = crc;
        }
    }

    private Crc32Be() {}

    /** The state after the bytes from the buffer's position to its limit; the buffer is left as it is. */
    public static int update(int state, ByteBuffer data) {
        int crc = state;
        for (int i = data.position(); i < data.limit(); i++) {
            crc = crc << 8 ^ TABLE[(crc >>> 24 ^ data.get(i)) & 0xFF];
        }
        return crc;
    }
}
