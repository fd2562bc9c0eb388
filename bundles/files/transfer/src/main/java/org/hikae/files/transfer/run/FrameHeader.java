package org.hikae.files.transfer.run;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What stands before the payload of a frame, {@value #LENGTH} bytes, big-endian: magic {@code HKRF}, version (1 byte),
 * codec (1), zeros (2), number (4), mark (4), raw length (4), stored length (4), CRC32C of the payload as it is stored
 * (4), CRC32C of the bytes before it (4).
 *
 * @param number from 0 on within its run
 * @param mark the same in all frames of a run, and by chance alone in another run
 * @param rawLength bytes of the items, 1 to {@link #MAX_RAW}
 * @param storedLength bytes of the payload: {@code rawLength} if it is not compressed, else less
 * @param payloadCrc of the payload as it is stored
 */
public record FrameHeader(Codec codec, long number, int mark, int rawLength, int storedLength, int payloadCrc) {
    /** Bytes of a header. */
    public static final int LENGTH = 32;

    /** Raw bytes after which the next item goes to the next frame. */
    public static final int FULL_RAW = 1 << 20;

    /** Raw bytes of a frame at most: one item alone may be larger than a full frame. */
    public static final int MAX_RAW = FULL_RAW + (1 << 16);

    /** Bytes of a frame at most, with its header. */
    public static final int MAX_FRAME = LENGTH + MAX_RAW;

    /** The largest number that a frame can have. */
    public static final long MAX_NUMBER = Integer.MAX_VALUE;

    private static final int MAGIC = 0x484B_5246;
    private static final int VERSION = 1;
    private static final int CHECKED = LENGTH - Integer.BYTES;

    /** How a payload is stored. */
    public enum Codec {
        PLAIN,
        ZSTD;

        private static final Codec[] ALL = values();
    }

    /** Bytes of the frame, with this header. */
    public int frameLength() {
        return LENGTH + storedLength;
    }

    /** Puts the {@value #LENGTH} bytes at the position of the buffer, which moves behind them. */
    public void put(ByteBuffer to) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        bytes.putInt(MAGIC).put((byte) VERSION).put((byte) codec.ordinal()).putShort((short) 0);
        bytes.putInt((int) number).putInt(mark);
        bytes.putInt(rawLength).putInt(storedLength).putInt(payloadCrc);
        bytes.putInt(crc(bytes.array()));
        to.put(bytes.flip());
    }

    /**
     * Takes {@value #LENGTH} bytes off the buffer, and checks them.
     *
     * @throws FormatException if they are no header, are damaged, are of another version, or name lengths beyond the limits
     */
    public static FrameHeader take(ByteBuffer from) throws FormatException {
        byte[] bytes = new byte[LENGTH];
        from.get(bytes);
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        require(fields.getInt() == MAGIC, "no header of a frame");
        require(fields.getInt(CHECKED) == crc(bytes), "a header of a frame that is damaged");
        int version = fields.get();
        require(version == VERSION, "a frame of version " + version + ", which is not known here");
        int codec = fields.get();
        require(codec >= 0 && codec < Codec.ALL.length, "a frame of codec " + codec + ", which is not known here");
        require(fields.getShort() == 0, "a header of a frame with bytes that have no meaning");
        int number = fields.getInt();
        require(number >= 0, "a frame of number " + number);
        FrameHeader header = new FrameHeader(
                Codec.ALL[codec], number, fields.getInt(), fields.getInt(), fields.getInt(), fields.getInt());
        header.checkLengths();
        return header;
    }

    private void checkLengths() throws FormatException {
        require(
                rawLength >= 1 && rawLength <= MAX_RAW,
                "frame " + number + " of " + rawLength + " raw bytes: 1 to " + MAX_RAW + " are allowed");
        boolean fits = codec == Codec.PLAIN ? storedLength == rawLength : storedLength >= 1 && storedLength < rawLength;
        require(fits, "frame " + number + " with " + storedLength + " bytes that stand for " + rawLength);
    }

    private static int crc(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, CHECKED);
        return (int) crc.getValue();
    }

    private static void require(boolean right, String otherwise) throws FormatException {
        if (!right) {
            throw new FormatException(otherwise);
        }
    }
}
