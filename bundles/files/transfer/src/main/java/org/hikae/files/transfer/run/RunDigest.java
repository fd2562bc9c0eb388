package org.hikae.files.transfer.run;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32C;

/**
 * Digest over the frames of a run, which tells that none is missing, exchanged or added; contents have their own
 * SHA-256. Before the first frame it is 32 zeros; each frame makes it SHA-256 of itself, the raw length (4 bytes,
 * big-endian) and the CRC32C of the raw bytes (4): so it can go on from any frame, and does not depend on how frames
 * were compressed. Not thread-safe.
 */
public final class RunDigest {
    /** Bytes of a digest. */
    public static final int LENGTH = 32;

    private byte[] value;

    /** Before the first frame. */
    public RunDigest() {
        this(new byte[LENGTH]);
    }

    /** Goes on behind the frame where {@link #value} was this. */
    public RunDigest(byte[] value) {
        this.value = value.clone();
    }

    /** Adds the next frame, and leaves the position of the buffer as it is. */
    public void add(ByteBuffer raw) {
        CRC32C crc = new CRC32C();
        crc.update(raw.duplicate());
        ByteBuffer input = ByteBuffer.allocate(LENGTH + 2 * Integer.BYTES);
        input.put(value).putInt(raw.remaining()).putInt((int) crc.getValue());
        value = sha256().digest(input.array());
    }

    public byte[] value() {
        return value.clone();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
