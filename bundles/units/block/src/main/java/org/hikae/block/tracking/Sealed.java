package org.hikae.block.tracking;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The frame of every file that the home keeps of a disk: 8 bytes of magic, the version (4), the CRC32C of all but itself (4), and
 * the content. Numbers are little-endian.
 */
public final class Sealed {

    static final int VERSION = 1;
    public static final int HEADER = 16;

    private static final int MAGIC = 8;
    private static final int CRC_AT = 12;

    private Sealed() {}

    /**
     * Puts the frame around a content.
     *
     * @param bytes the content, after {@link #HEADER} bytes of room
     */
    public static byte[] seal(String magic, byte[] bytes) {
        return seal(magic, VERSION, bytes);
    }

    /** As the other, of a version of its own. */
    static byte[] seal(String magic, int version, byte[] bytes) {
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        header.put(magic.getBytes(StandardCharsets.US_ASCII)).putInt(version).putInt(checksum(bytes));
        return bytes;
    }

    /**
     * The content of a file, ready to be read.
     *
     * @throws DamagedException if the file is not as it was written
     */
    public static ByteBuffer open(String name, String magic, byte[] bytes) throws DamagedException {
        return open(name, magic, VERSION, bytes);
    }

    /** The version of a file that was opened. */
    static int version(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(MAGIC);
    }

    /**
     * As the other, of any version from the first one on.
     *
     * @param newest the last version that can be read
     */
    static ByteBuffer open(String name, String magic, int newest, byte[] bytes) throws DamagedException {
        byte[] expected = magic.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length < HEADER || !Arrays.equals(expected, 0, MAGIC, bytes, 0, MAGIC)) {
            throw new DamagedException("its file " + name + " is damaged: it does not begin with " + magic);
        }
        ByteBuffer content =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC);
        int version = content.getInt();
        if (content.getInt() != checksum(bytes)) {
            throw new DamagedException("its file " + name + " is damaged: it does not match its checksum");
        } else if (version < 1 || version > newest) {
            throw new DamagedException("its file " + name + " has format version " + version + ", and this is "
                    + "Hikae for version " + newest);
        }
        return content;
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CRC_AT);
        crc.update(bytes, HEADER, bytes.length - HEADER);
        return (int) crc.getValue();
    }
}
