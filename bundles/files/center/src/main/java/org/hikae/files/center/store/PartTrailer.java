package org.hikae.files.center.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What a part ends with: magic {@code HKFT}, version (2 bytes), zeros (2), number of the first frame (8), number of frames (4), where the
 * first frame begins (8), where the table begins (8), its length as it is stored (4) and raw (4), its CRC32C as it is stored (4),
 * CRC32C of the bytes before (4). Numbers are big-endian.
 */
record PartTrailer(long first, int frames, long framesAt, long tableAt, int tableStored, int tableRaw, int tableCrc) {

    static final int LENGTH = 52;

    /** A frame's items are at least 10 bytes each, a part has 64 MiB; a table beyond this was not made by us. */
    static final int MAX_TABLE = 256 << 20;

    private static final int MAGIC = 0x484B_4654;
    private static final short VERSION = 1;

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        bytes.putInt(MAGIC).putShort(VERSION).putShort((short) 0).putLong(first).putInt(frames);
        bytes.putLong(framesAt)
                .putLong(tableAt)
                .putInt(tableStored)
                .putInt(tableRaw)
                .putInt(tableCrc);
        return bytes.putInt(crc(bytes)).flip();
    }

    /** @param length of the whole object */
    static PartTrailer decode(ByteBuffer bytes, long length) throws DamagedPartException {
        if (bytes.getInt(0) != MAGIC || bytes.getInt(LENGTH - Integer.BYTES) != crc(bytes)) {
            throw new DamagedPartException("its end is damaged");
        }
        if (bytes.getShort(4) != VERSION) {
            throw new DamagedPartException("it has version " + bytes.getShort(4) + ", which is not known here");
        }
        bytes.position(8);
        PartTrailer trailer = new PartTrailer(
                bytes.getLong(),
                bytes.getInt(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getInt(),
                bytes.getInt(),
                bytes.getInt());
        trailer.check(length);
        return trailer;
    }

    private void check(long length) throws DamagedPartException {
        boolean right = first >= 0
                && first <= Integer.MAX_VALUE
                && frames >= 1
                && framesAt > PartHead.LENGTH
                && framesAt <= PartHead.LENGTH + PartHead.MAX_TEXT
                && tableAt > framesAt
                && tableStored >= 1
                && tableRaw >= 1
                && tableRaw <= MAX_TABLE
                && tableStored <= MAX_TABLE
                && tableAt == length - LENGTH - tableStored;
        if (!right) {
            throw new DamagedPartException("its end makes no sense");
        }
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, LENGTH - Integer.BYTES);
        return (int) crc.getValue();
    }
}
