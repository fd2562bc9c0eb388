package org.hikae.tape.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Numbers and texts, one behind the other, little-endian. Used by one thread. */
public final class PackedOutput {

    private ByteBuffer room = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

    public PackedOutput putByte(int value) {
        grow(1).put((byte) value);
        return this;
    }

    public PackedOutput putInt(int value) {
        grow(4).putInt(value);
        return this;
    }

    public PackedOutput putLong(long value) {
        grow(8).putLong(value);
        return this;
    }

    /** The higher half first. */
    public PackedOutput putId(UUID id) {
        return putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    /** A number of bytes, then they themselves. */
    public PackedOutput putBytes(byte[] bytes) {
        putInt(bytes.length);
        grow(bytes.length).put(bytes);
        return this;
    }

    /** A number of bytes, -1 for null, then the text in UTF-8. */
    public PackedOutput putText(String text) {
        return text == null ? putInt(-1) : putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] toBytes() {
        return Arrays.copyOf(room.array(), room.position());
    }

    private ByteBuffer grow(int bytes) {
        if (room.remaining() < bytes) {
            int size = Math.max(Math.addExact(room.position(), bytes), (int) Math.min(1L << 30, 2L * room.capacity()));
            room = ByteBuffer.wrap(Arrays.copyOf(room.array(), size))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .position(room.position());
        }
        return room;
    }
}
