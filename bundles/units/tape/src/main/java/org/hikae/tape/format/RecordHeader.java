package org.hikae.tape.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What a record on a cartridge says of itself, in its first {@value #BYTES} bytes, little-endian. Where a record lies and whose
 * it is stand in it: one that a drive has brought from another place is not taken for the one that was asked for (I9).
 *
 * @param kind what its payload is
 * @param length bytes of the payload, which follows the header at once
 * @param position of the record on the tape
 * @param session that has written it
 * @param object of data: number of the object in the session; of a table: number of the table in the session, from 1
 * @param offset of the payload's first byte in the object, or in the table
 */
public record RecordHeader(Kind kind, int length, long position, UUID session, long object, long offset) {

    public static final int BYTES = 64;

    private static final int MAGIC = 'H' | 'K' << 8 | 'T' << 16 | 'R' << 24;
    private static final short VERSION = 1;
    private static final int CHECKSUM_AT = 60;

    /** What records hold. */
    public enum Kind {
        DATA(1),
        TABLE(2);

        private final short code;

        Kind(int code) {
            this.code = (short) code;
        }

        private static Kind of(short code) throws DamagedRecordException {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new DamagedRecordException("there is a record of an unknown kind, " + code);
        }
    }

    /**
     * Writes the header into the first bytes of a record whose payload is there already.
     *
     * @param record from its beginning, at 0; position and limit stay
     */
    public void seal(ByteBuffer record) {
        ByteBuffer header = record.duplicate().order(ByteOrder.LITTLE_ENDIAN).clear();
        header.putInt(MAGIC).putShort(VERSION).putShort(kind.code);
        header.putInt(length).putInt(0).putLong(position);
        header.putLong(session.getMostSignificantBits()).putLong(session.getLeastSignificantBits());
        header.putLong(object).putLong(offset).putInt(0);
        header.putInt(CHECKSUM_AT, checksum(record, length));
    }

    /**
     * Reads and checks a record.
     *
     * @param record from its position to its limit; on return from the payload's first byte to its end
     * @throws DamagedRecordException if it is not as it was written, or no record of ours
     */
    public static RecordHeader open(ByteBuffer record) throws DamagedRecordException {
        ByteBuffer bytes = record.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.limit() < BYTES || bytes.getInt(0) != MAGIC) {
            throw new DamagedRecordException("there is a record that Hikae has not written");
        }
        short version = bytes.getShort(4);
        int length = bytes.getInt(8);
        if (length < 0 || length > bytes.limit() - BYTES) {
            throw new DamagedRecordException("a record is cut off");
        }
        if (bytes.getInt(CHECKSUM_AT) != checksum(bytes, length)) {
            throw new DamagedRecordException("a record does not match its checksum");
        }
        if (version != VERSION) {
            throw new DamagedRecordException("a record has format version " + version + ", which is not known here");
        }
        RecordHeader header = new RecordHeader(
                Kind.of(bytes.getShort(6)),
                length,
                bytes.getLong(16),
                new UUID(bytes.getLong(24), bytes.getLong(32)),
                bytes.getLong(40),
                bytes.getLong(48));
        int payload = record.position() + BYTES;
        record.limit(payload + length).position(payload);
        return header;
    }

    /** Of all before the checksum, and of the payload. */
    private static int checksum(ByteBuffer record, int length) {
        CRC32C crc = new CRC32C();
        ByteBuffer bytes = record.duplicate().clear();
        crc.update(bytes.limit(CHECKSUM_AT));
        crc.update(bytes.limit(BYTES + length).position(BYTES));
        return (int) crc.getValue();
    }
}
