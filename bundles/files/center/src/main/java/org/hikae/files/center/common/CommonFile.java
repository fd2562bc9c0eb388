package org.hikae.files.center.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.ObjectReader;

/**
 * Objects of bytes that several others have: magic {@code HKFS}, version (2 bytes), zeros (2), id (16), CRC32C of these (4), then the bytes,
 * which the checksums of those who have them hold for.
 */
final class CommonFile {

    /** Bytes before those that others have. */
    static final int HEAD = 28;

    private static final int MAGIC = 0x484B_4653;
    private static final short VERSION = 1;

    private CommonFile() {}

    static ByteBuffer head(UUID id) {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        head.putInt(MAGIC).putShort(VERSION).putShort((short) 0);
        head.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        CRC32C crc = new CRC32C();
        crc.update(head.array(), 0, HEAD - Integer.BYTES);
        return head.putInt((int) crc.getValue()).flip();
    }

    /**
     * Opens one.
     *
     * @throws DamagedFormException if it is not the one of that id
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if it cannot be read
     */
    static ObjectReader open(Medium medium, UUID id) throws IOException {
        ObjectReader object = medium.open(CommonName.common(id));
        try {
            ByteBuffer head = ByteBuffer.allocate((int) Math.min(HEAD, object.length()));
            object.read(head, 0);
            if (!head.flip().equals(head(id))) {
                throw new DamagedFormException(CommonName.common(id) + " is damaged");
            }
            return object;
        } catch (IOException | RuntimeException e) {
            object.close();
            throw e;
        }
    }
}
