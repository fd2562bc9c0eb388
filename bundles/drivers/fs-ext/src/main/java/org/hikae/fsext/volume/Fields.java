package org.hikae.fsext.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A structure as bytes, whose numbers have their lowest byte first. */
public final class Fields {

    private final ByteBuffer bytes;

    /** Takes the bytes from the buffer's position to its limit, which nobody changes any more. */
    public Fields(ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    public int size() {
        return bytes.limit();
    }

    public int u8(int offset) {
        return bytes.get(offset) & 0xFF;
    }

    public int u16(int offset) {
        return bytes.getShort(offset) & 0xFFFF;
    }

    public long u32(int offset) {
        return bytes.getInt(offset) & 0xFFFF_FFFFL;
    }

    public int i32(int offset) {
        return bytes.getInt(offset);
    }

    /** A number whose upper half lies elsewhere. */
    public long wide(int low, int high) {
        return u32(low) | u32(high) << 32;
    }

    /** The bytes {@code [offset, offset + length)}. */
    public ByteBuffer slice(int offset, int length) {
        return bytes.slice(offset, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A copy of the bytes {@code [offset, offset + length)}. */
    public byte[] copy(int offset, int length) {
        byte[] copy = new byte[length];
        bytes.get(offset, copy);
        return copy;
    }

    /** All of the bytes. */
    public ByteBuffer all() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }
}
