package org.hikae.media.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The beginning of a frame: header, table of the blocks in it, stored bytes. The checksum is over all of them.
 *
 * @param kind {@link #DATA} or {@link #LOG}
 * @param compression {@link #PLAIN} or {@link #ZSTD}
 * @param encryption 0: none, the only one so far
 * @param last whether it is the last frame of a log that says where it ends (a.7)
 * @param tableLength bytes of the table
 * @param rawLength bytes of the blocks
 * @param storedLength bytes of the blocks as they are stored
 * @param entries number of entries in the table
 * @param crc CRC32C over the frame but these four bytes
 */
public record FrameHeader(
        byte kind,
        byte compression,
        byte encryption,
        boolean last,
        int tableLength,
        int rawLength,
        int storedLength,
        int entries,
        int crc) {

    /** Bytes. */
    public static final int LENGTH = 28;

    /** Largest number of bytes of blocks in a frame. */
    public static final int MAX_RAW = 1 << 20;

    /** Largest number of bytes of a table. */
    public static final int MAX_TABLE = 1 << 16;

    /** Largest number of bytes of a frame. */
    public static final int MAX_FRAME = LENGTH + MAX_TABLE + MAX_RAW;

    public static final byte DATA = 1;
    public static final byte LOG = 2;
    public static final byte PLAIN = 0;
    public static final byte ZSTD = 1;

    private static final int MAGIC = 0x52464b48; // "HKFR"
    private static final int CRC_AT = 24;

    /** Bytes of the whole frame. */
    public int length() {
        return LENGTH + tableLength + storedLength;
    }

    /** Writes the header, with 0 as its checksum, from the buffer's start on; the buffer is little-endian. */
    public void encode(ByteBuffer dst) {
        dst.putInt(0, MAGIC);
        dst.put(4, kind).put(5, compression).put(6, encryption).put(7, (byte) (last ? 1 : 0));
        dst.putInt(8, tableLength)
                .putInt(12, rawLength)
                .putInt(16, storedLength)
                .putInt(20, entries)
                .putInt(CRC_AT, 0);
    }

    /** Writes a checksum into an encoded header. */
    public static void putChecksum(ByteBuffer dst, int crc) {
        dst.putInt(CRC_AT, crc);
    }

    /**
     * The checksum over a frame in two parts.
     *
     * @param head the frame from its start on, or the first part of it that has the header
     * @param rest what follows; may be empty
     */
    public static int checksum(CRC32C crc, ByteBuffer head, ByteBuffer rest) {
        crc.reset();
        crc.update(head.duplicate().limit(head.position() + CRC_AT));
        crc.update(head.duplicate().position(head.position() + LENGTH));
        crc.update(rest.duplicate());
        return (int) crc.getValue();
    }

    /** @throws DamagedException if the bytes from the buffer's position on are no header that makes sense */
    public static FrameHeader decode(ByteBuffer src) throws DamagedException {
        if (src.remaining() < LENGTH) {
            throw new DamagedException("it is cut off");
        }
        ByteBuffer bytes = src.slice().order(ByteOrder.LITTLE_ENDIAN);
        FrameHeader header = new FrameHeader(
                bytes.get(4),
                bytes.get(5),
                bytes.get(6),
                bytes.get(7) != 0,
                bytes.getInt(8),
                bytes.getInt(12),
                bytes.getInt(16),
                bytes.getInt(20),
                bytes.getInt(CRC_AT));
        if (bytes.getInt(0) != MAGIC || (bytes.get(7) & ~1) != 0 || !header.makesSense()) {
            throw new DamagedException("its header makes no sense");
        }
        if (header.encryption != 0 || header.compression > ZSTD || header.compression < 0) {
            throw new DamagedException("it is compressed or encrypted in an unknown way");
        }
        return header;
    }

    private boolean makesSense() {
        return (kind == LOG || (kind == DATA && !last))
                && within(tableLength, MAX_TABLE)
                && within(rawLength, MAX_RAW)
                && within(storedLength, MAX_RAW)
                && within(entries, tableLength)
                && (compression != PLAIN || storedLength == rawLength);
    }

    private static boolean within(int value, int max) {
        return value >= 0 && value <= max;
    }
}
