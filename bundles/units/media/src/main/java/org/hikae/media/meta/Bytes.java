package org.hikae.media.meta;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Varint;

/** Bytes with their length before them. */
final class Bytes {

    private Bytes() {}

    static void put(ByteBuffer dst, byte[] bytes) {
        Varint.put(dst, bytes.length);
        dst.put(bytes);
    }

    /** @throws DamagedException if there are not so many */
    static byte[] get(ByteBuffer src) throws DamagedException {
        return take(src, Varint.get(src));
    }

    static String text(ByteBuffer src) throws DamagedException {
        return new String(get(src), StandardCharsets.UTF_8);
    }

    /** @throws DamagedException if there are not so many */
    static byte[] take(ByteBuffer src, long count) throws DamagedException {
        if (count < 0 || count > src.remaining()) {
            throw new DamagedException("something in it is cut off");
        }
        byte[] bytes = new byte[(int) count];
        src.get(bytes);
        return bytes;
    }

    /** The next bytes, not copied. */
    static ByteBuffer slice(ByteBuffer src, long count) throws DamagedException {
        if (count < 0 || count > src.remaining()) {
            throw new DamagedException("something in it is cut off");
        }
        ByteBuffer slice = src.slice(src.position(), (int) count);
        src.position(src.position() + (int) count);
        return slice;
    }
}
