package org.hikae.logpernode;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C, as RFC 3720 has it. */
final class Checksums {

    private Checksums() {}

    /** Of the bytes from position to limit, which stay where they are. */
    static int of(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }
}
