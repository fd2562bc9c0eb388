package org.hikae.fs.shared.table;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hikae.api.fs.FileSystemRefusedException;

/** Keys of tables: numbers of 8 bytes, big-endian so that they lie in order, and maybe a name after them. */
final class Keys {

    private static final byte[] NOTHING = {};

    private Keys() {}

    static byte[] of(long number) {
        return of(number, NOTHING);
    }

    static byte[] of(long number, byte[] name) {
        return ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(number)
                .put(name)
                .array();
    }

    static byte[] of(long number, long second) {
        return of(number, second, NOTHING);
    }

    static byte[] of(long number, long second, byte[] name) {
        return ByteBuffer.allocate(2 * Long.BYTES + name.length)
                .putLong(number)
                .putLong(second)
                .put(name)
                .array();
    }

    /** The number that a key begins with. */
    static long first(byte[] key, String structure) throws FileSystemRefusedException {
        return number(key, 0, structure);
    }

    /** The number after it. */
    static long second(byte[] key, String structure) throws FileSystemRefusedException {
        return number(key, Long.BYTES, structure);
    }

    /** What comes after so many numbers. */
    static byte[] rest(byte[] key, int numbers) {
        return Arrays.copyOfRange(key, numbers * Long.BYTES, key.length);
    }

    private static long number(byte[] key, int offset, String structure) throws FileSystemRefusedException {
        if (key.length < offset + Long.BYTES) {
            throw new FileSystemRefusedException(structure, -1, "a key has only " + key.length + " bytes");
        }
        long number = ByteBuffer.wrap(key).getLong(offset);
        if (number < 0) {
            throw new FileSystemRefusedException(structure, -1, "a key has the impossible number " + number);
        }
        return number;
    }

    /** Refuses a key with bytes after its numbers. */
    static void requireLength(byte[] key, int numbers, String structure) throws FileSystemRefusedException {
        if (key.length != numbers * Long.BYTES) {
            throw new FileSystemRefusedException(structure, -1, "a key has " + key.length + " bytes");
        }
    }
}
