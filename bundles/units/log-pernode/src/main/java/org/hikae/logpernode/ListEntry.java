package org.hikae.logpernode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.hikae.api.block.BlockRun;
import org.hikae.api.log.NodeLog;

/**
 * What the log management file (32) says of a record.
 *
 * @param number the record's logical time (33)
 * @param position where its data is in the data file, in bytes
 * @param crc of its data
 */
record ListEntry(long number, BlockRun run, long position, int crc) {

    static final int BYTES = 36;

    private static final int CRC_AT = BYTES - Integer.BYTES;

    /** Bytes of data. */
    int length(int blockSize) {
        return Math.toIntExact(run.count() * blockSize);
    }

    void putInto(ByteBuffer list, int blockSize) {
        int start = list.position();
        list.order(ByteOrder.LITTLE_ENDIAN);
        list.putLong(number).putLong(run.first() * blockSize).putLong(position);
        list.putInt(length(blockSize)).putInt(crc);
        list.putInt(Checksums.of(list.duplicate().flip().position(start)));
    }

    /**
     * Takes an entry from the buffer.
     *
     * @throws IOException if it is damaged
     */
    static ListEntry takeFrom(ByteBuffer list, int blockSize) throws IOException {
        int start = list.position();
        list.order(ByteOrder.LITTLE_ENDIAN);
        int expected = Checksums.of(list.duplicate().position(start).limit(start + CRC_AT));
        if (list.getInt(start + CRC_AT) != expected) {
            throw new IOException("an entry has a wrong checksum");
        }
        long number = list.getLong();
        long offset = list.getLong();
        long position = list.getLong();
        int size = list.getInt();
        int crc = list.getInt();
        list.position(start + BYTES);
        if (offset < 0 || offset % blockSize != 0 || size < blockSize || size % blockSize != 0) {
            throw new IOException("an entry is for " + size + " bytes at " + offset + ", which are no whole blocks");
        }
        if (size > NodeLog.MAX_RECORD_BYTES || position < 0) {
            throw new IOException("an entry has " + size + " bytes at " + position + ", which no record has");
        }
        return new ListEntry(number, new BlockRun(offset / blockSize, size / blockSize), position, crc);
    }
}
