package org.hikae.media.meta;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.hikae.api.fs.FileAttributes;
import org.hikae.api.fs.FileType;
import org.hikae.media.format.DamagedException;
import org.hikae.media.format.Varint;

/** Attributes of a file as bytes, without its number. */
final class AttributesCodec {

    /** Bytes at most. */
    static final int MAX_BYTES = 20 * Varint.MAX_BYTES;

    private static final long MAX_ID = 0xffffffffL;
    private static final long MAX_NANOS = 999_999_999;
    /** By their numbers on the medium, from 1. */
    private static final List<FileType> TYPES = List.of(
            FileType.REGULAR,
            FileType.DIRECTORY,
            FileType.SYMLINK,
            FileType.CHARACTER_DEVICE,
            FileType.BLOCK_DEVICE,
            FileType.FIFO,
            FileType.SOCKET);

    private AttributesCodec() {}

    static void put(ByteBuffer dst, FileAttributes file) {
        dst.put((byte) (TYPES.indexOf(file.type()) + 1));
        Varint.put(dst, file.mode());
        Varint.put(dst, file.uid());
        Varint.put(dst, file.gid());
        Varint.put(dst, file.size());
        Varint.put(dst, file.links());
        putTime(dst, file.accessed());
        putTime(dst, file.modified());
        putTime(dst, file.changed());
        dst.put((byte) (file.created() == null ? 0 : 1));
        if (file.created() != null) {
            putTime(dst, file.created());
        }
        Varint.put(dst, Integer.toUnsignedLong(file.deviceMajor()));
        Varint.put(dst, Integer.toUnsignedLong(file.deviceMinor()));
        Varint.put(dst, file.flags() >>> 32);
        Varint.put(dst, file.flags() & MAX_ID);
    }

    private static void putTime(ByteBuffer dst, Instant time) {
        Varint.put(dst, Varint.zigzag(time.getEpochSecond()));
        Varint.put(dst, time.getNano());
    }

    /** @throws DamagedException if they make no sense */
    static FileAttributes get(long number, ByteBuffer src) throws DamagedException {
        FileAttributes attributes = new FileAttributes(
                number,
                type(src),
                (int) upTo(07777, src),
                upTo(MAX_ID, src),
                upTo(MAX_ID, src),
                Varint.get(src),
                Varint.get(src),
                time(src),
                time(src),
                time(src),
                next(src) == 0 ? null : time(src),
                (int) upTo(MAX_ID, src),
                (int) upTo(MAX_ID, src),
                upTo(MAX_ID, src) << 32 | upTo(MAX_ID, src));
        if (src.hasRemaining()) {
            throw new DamagedException("attributes in it are longer than they should be");
        }
        return attributes;
    }

    private static byte next(ByteBuffer src) throws DamagedException {
        return Bytes.take(src, 1)[0];
    }

    private static FileType type(ByteBuffer src) throws DamagedException {
        int type = next(src);
        if (type < 1 || type > TYPES.size()) {
            throw new DamagedException("it has a file of an unknown type");
        }
        return TYPES.get(type - 1);
    }

    private static long upTo(long most, ByteBuffer src) throws DamagedException {
        long value = Varint.get(src);
        if (value > most) {
            throw new DamagedException("it has attributes that no file can have");
        }
        return value;
    }

    private static Instant time(ByteBuffer src) throws DamagedException {
        long seconds = Varint.unzigzag(Varint.get(src));
        try {
            return Instant.ofEpochSecond(seconds, upTo(MAX_NANOS, src));
        } catch (DateTimeException e) {
            throw new DamagedException("it has a time that is none", e);
        }
    }
}
