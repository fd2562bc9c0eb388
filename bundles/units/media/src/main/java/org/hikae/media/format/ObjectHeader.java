package org.hikae.media.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What every object of frames begins with, so that it can be told what it is without anything else (a.7).
 *
 * @param diskId id of the disk
 * @param generation the generation's number
 * @param size size of the disk in bytes
 * @param blockSize bytes
 * @param writer number of the writer; 0 for a log
 * @param sequence number of the object among those of its writer
 */
public record ObjectHeader(
        Kind kind, UUID diskId, long generation, long size, int blockSize, int writer, int sequence) {

    /** Bytes. */
    public static final int LENGTH = 64;

    static final int VERSION = 1;

    /** What an object holds. */
    public enum Kind {
        DATA("HIKAEDAT"),
        LOG("HIKAELOG");

        private final String magic;

        Kind(String magic) {
            this.magic = magic;
        }
    }

    /** Number of blocks of the disk. */
    public long blockCount() {
        return size / blockSize + (size % blockSize == 0 ? 0 : 1);
    }

    public ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(kind.magic.getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(VERSION).putInt(blockSize);
        bytes.order(ByteOrder.BIG_ENDIAN);
        bytes.putLong(diskId.getMostSignificantBits()).putLong(diskId.getLeastSignificantBits());
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(generation).putLong(size).putInt(writer).putInt(sequence).putInt(0);
        bytes.putInt(checksum(bytes));
        return bytes.flip();
    }

    /** @throws DamagedException if the bytes are no such header, or one of a newer version */
    public static ObjectHeader decode(ByteBuffer src) throws DamagedException {
        ByteBuffer bytes = src.slice().order(ByteOrder.LITTLE_ENDIAN);
        Kind kind = kind(bytes);
        if (bytes.getInt(LENGTH - 4) != checksum(bytes)) {
            throw new DamagedException("its header does not match its checksum");
        }
        int version = bytes.getInt(8);
        if (version != VERSION) {
            throw new DamagedException("it has the unknown format version " + version);
        }
        int blockSize = bytes.getInt(12);
        if (blockSize < 1 || bytes.getLong(40) < 0) {
            throw new DamagedException("its header makes no sense");
        }
        ByteBuffer id = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
        return new ObjectHeader(
                kind,
                new UUID(id.getLong(16), id.getLong(24)),
                bytes.getLong(32),
                bytes.getLong(40),
                blockSize,
                bytes.getInt(48),
                bytes.getInt(52));
    }

    private static Kind kind(ByteBuffer bytes) throws DamagedException {
        if (bytes.remaining() < LENGTH) {
            throw new DamagedException("its header is cut off");
        }
        byte[] magic = new byte[8];
        bytes.get(0, magic);
        for (Kind kind : Kind.values()) {
            if (kind.magic.equals(new String(magic, StandardCharsets.ISO_8859_1))) {
                return kind;
            }
        }
        throw new DamagedException("it does not begin as an object of frames");
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(0).limit(LENGTH - 4));
        return (int) crc.getValue();
    }
}
