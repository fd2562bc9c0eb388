package org.hikae.fs.shared.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C, as all structures of the format have it. */
public final class Checksum {

    private Checksum() {}

    /** Of the bytes from the buffer's position to its limit, which stay. */
    public static int of(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    /** Of bytes after other bytes. */
    public static int of(byte[] before, ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(before);
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }
}
