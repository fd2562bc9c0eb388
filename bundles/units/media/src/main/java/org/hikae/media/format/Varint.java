package org.hikae.media.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Numbers of 63 bits in as few bytes as they need: seven bits a byte, the lowest first, the top bit says "more". */
public final class Varint {

    /** Bytes of the longest number. */
    public static final int MAX_BYTES = 9;

    private Varint() {}

    /** @param value 0 or more */
    public static void put(ByteBuffer dst, long value) {
        long rest = value;
        while (rest > 0x7f) {
            dst.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        dst.put((byte) rest);
    }

    /** @throws DamagedException if the buffer ends before, or the number is too long */
    public static long get(ByteBuffer src) throws DamagedException {
        long value = 0;
        for (int shift = 0; shift < 7 * MAX_BYTES; shift += 7) {
            if (!src.hasRemaining()) {
                throw new DamagedException("a number is cut off");
            }
            byte next = src.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new DamagedException("a number is too long");
    }

    /** @param value 0 or more */
    public static void write(OutputStream out, long value) throws IOException {
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) (rest | 0x80) & 0xff);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /**
     * @throws DamagedException if the number is too long
     * @throws EOFException if the stream ends before
     */
    public static long read(InputStream in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 7 * MAX_BYTES; shift += 7) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("a number is cut off");
            }
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new DamagedException("a number is too long");
    }

    /** A number of either sign as one of 0 or more, small if it was near 0. The two highest bits must be alike. */
    public static long zigzag(long value) {
        return (value << 1 ^ value >> 63) & Long.MAX_VALUE;
    }

    public static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
