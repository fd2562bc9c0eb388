package org.hikae.files.center.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.hikae.api.files.RunInfo;

/**
 * What a part begins with: magic {@code HKFP}, version (2 bytes), zeros (2), length of the text (4), CRC32C of the text (4), the run as
 * it was announced, as JSON. Numbers are big-endian.
 */
final class PartHead {

    static final int LENGTH = 16;
    static final int MAX_TEXT = 1 << 16;

    private static final int MAGIC = 0x484B_4650;
    private static final short VERSION = 1;

    private PartHead() {}

    static ByteBuffer encode(RunInfo run) {
        byte[] text = RunText.write(run).getBytes(StandardCharsets.UTF_8);
        ByteBuffer head = ByteBuffer.allocate(LENGTH + text.length);
        head.putInt(MAGIC).putShort(VERSION).putShort((short) 0).putInt(text.length);
        return head.putInt(crc(text)).put(text).flip();
    }

    /** Length of the text. @param head the first {@link #LENGTH} bytes */
    static int textLength(ByteBuffer head) throws DamagedPartException {
        if (head.getInt(0) != MAGIC) {
            throw new DamagedPartException("it does not begin as a part");
        }
        if (head.getShort(4) != VERSION) {
            throw new DamagedPartException("it has version " + head.getShort(4) + ", which is not known here");
        }
        int length = head.getInt(8);
        if (length < 1 || length > MAX_TEXT) {
            throw new DamagedPartException("its head is damaged");
        }
        return length;
    }

    static RunInfo decode(ByteBuffer head, byte[] text) throws DamagedPartException {
        if (head.getInt(12) != crc(text)) {
            throw new DamagedPartException("its head is damaged");
        }
        try {
            return RunText.read(new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new DamagedPartException(e.getMessage(), e);
        }
    }

    static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
