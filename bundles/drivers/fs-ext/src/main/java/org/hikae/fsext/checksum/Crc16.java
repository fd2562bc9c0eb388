package org.hikae.fsext.checksum;

import java.nio.ByteBuffer;

/** CRC-16 (polynomial 0x8005, reflected), for the group descriptors of file systems without {@code metadata_csum}. */
public final class Crc16 {

    private static final int POLYNOMIAL = 0xA001;

    private Crc16() {}

    /** The state after the bytes from the buffer's position to its limit; the buffer is left as it is. */
    public static int update(int state, ByteBuffer data) {
        int crc = state;
        for (int i = data.position(); i < data.limit(); i++) {
            crc ^= data.get(i) & 0xFF;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
            }
        }
        return crc;
    }
}
