package org.hikae.fs.shared.store.tables;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Bytes in a table: their number, then they themselves. Compared without signs. */
final class BytesType extends BasicDataType<byte[]> {

    /** What an array takes besides its content, in memory. */
    private static final int ARRAY = 24;

    private final int longest;

    /** @param longest that may be; more is damage */
    BytesType(int longest) {
        this.longest = longest;
    }

    @Override
    public int compare(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(one, other);
    }

    @Override
    public int getMemory(byte[] bytes) {
        return ARRAY + bytes.length;
    }

    @Override
    public void write(WriteBuffer buffer, byte[] bytes) {
        buffer.putVarInt(bytes.length).put(bytes);
    }

    @Override
    public byte[] read(ByteBuffer buffer) {
        int length = DataUtils.readVarInt(buffer);
        if (length < 0 || length > longest || length > buffer.remaining()) {
            throw new IllegalStateException("a key or value cannot have " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public byte[][] createStorage(int size) {
        return new byte[size][];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BytesType type && type.longest == longest;
    }

    @Override
    public int hashCode() {
        return longest;
    }
}
