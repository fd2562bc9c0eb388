package org.hikae.fs.shared.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.hikae.api.fs.FileSystemRefusedException;

/** Values that are numbers of 8 bytes, little-endian. */
final class Numbers {

    private Numbers() {}

    static byte[] encode(long... numbers) {
        ByteBuffer out = ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            out.putLong(number);
        }
        return out.array();
    }

    static long[] decode(byte[] value, int count, String structure) throws FileSystemRefusedException {
        if (value.length != count * Long.BYTES) {
            throw new FileSystemRefusedException(structure, -1, "a record has " + value.length + " bytes");
        }
        long[] numbers = new long[count];
        ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(numbers);
        return numbers;
    }
}
