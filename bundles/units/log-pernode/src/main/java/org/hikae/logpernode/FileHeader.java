package org.hikae.logpernode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * How a file of a temporary log begins.
 *
 * @param id the log's, in both of its files
 * @param disk name of the disk that the records are of
 */
record FileHeader(UUID id, int blockSize, String node, long incarnation, String disk) {

    static final long LIST = magic("HIKAETLM");
    static final long DATA = magic("HIKAETLD");

    /** A page, so that blocks in the data file begin where pages do. */
    static final int BYTES = 4096;

    private static final int VERSION = 1;
    private static final int CRC_AT = 12;
    private static final int NAME_BYTES = 1024;

    private static long magic(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    ByteBuffer encode(long magic) {
        ByteBuffer header = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(magic).putInt(VERSION).putInt(0);
        header.order(ByteOrder.BIG_ENDIAN);
        header.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        header.order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(blockSize).putLong(incarnation);
        putText(header, node);
        putText(header, disk);
        header.clear();
        return header.putInt(CRC_AT, Checksums.of(header));
    }

    /** What of a name does not fit is left out: it is for people. */
    private static void putText(ByteBuffer header, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] kept = Arrays.copyOf(bytes, Math.min(bytes.length, NAME_BYTES));
        header.putShort((short) kept.length).put(kept);
    }

    /** Whether a file begins with this header. */
    boolean isIn(ByteBuffer found, long magic) {
        return found.equals(encode(magic));
    }
}
