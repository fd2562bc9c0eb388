package org.hikae.media.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What every object of frames begins with, so that it can be told what it is without anything else (a.7).
 *
 * @param version of the object's format: 1, or for a log 2, which says where the log ends
 * @param diskId id of the disk
 * @param generation the generation's number
 * @param size size of the disk in bytes
 * @param blockSize bytes
 * @param writer number of the writer; 0 for a log
 * @param sequence number of the object among those of its writer
 * @param before of a log of version 2 and a {@code sequence} from 1 on: checksum of the last frame of the object before;
 *     else 0
 */
public record ObjectHeader(
        Kind kind,
        int version,
        UUID diskId,
        long generation,
        long size,
        int blockSize,
        int writer,
        int sequence,
        int before) {

    /** Bytes. */
    public static final int LENGTH = 64;

    /** The version from which on a log says where it ends, and each of its objects which one is before it. */
    private static final int ENDS = 2;

    /** What an object holds. */
    public enum Kind {
        DATA("HIKAEDAT", 1),
        LOG("HIKAELOG", ENDS);

        private final String magic;
        /** The newest, which is written; all from 1 on are read. */
        private final int version;

        Kind(String magic, int version) {
            this.magic = magic;
            this.version = version;
        }
    }

    /** The header of a writer's first object, or of any that does not say what is before it, in the newest version. */
    public ObjectHeader(Kind kind, UUID diskId, long generation, long size, int blockSize, int writer, int sequence) {
        this(kind, kind.version, diskId, generation, size, blockSize, writer, sequence, 0);
    }

    /** Whether the last frame of the last object says that it is that. */
    public boolean marksEnd() {
        return kind == Kind.LOG && version >= ENDS;
    }

    /**
     * This header, saying what is before its object if objects of its kind do.
     *
     * @param checksum that of the last frame of the object before; 0 for the first object
     */
    public ObjectHeader after(int checksum) {
        return marksEnd()
                ? new ObjectHeader(kind, version, diskId, generation, size, blockSize, writer, sequence, checksum)
                : this;
    }

    /** Number of blocks of the disk. */
    public long blockCount() {
        return size / blockSize + (size % blockSize == 0 ? 0 : 1);
    }

    public ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(kind.magic.getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(version).putInt(blockSize);
        bytes.order(ByteOrder.BIG_ENDIAN);
        bytes.putLong(diskId.getMostSignificantBits()).putLong(diskId.getLeastSignificantBits());
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(generation).putLong(size).putInt(writer).putInt(sequence).putInt(before);
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
        if (version < 1 || version > kind.version) {
            throw new DamagedException("it has the unknown format version " + version);
        }
        int blockSize = bytes.getInt(12);
        if (blockSize < 1 || bytes.getLong(40) < 0) {
            throw new DamagedException("its header makes no sense");
        }
        ByteBuffer id = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
        return new ObjectHeader(
                kind,
                version,
                new UUID(id.getLong(16), id.getLong(24)),
                bytes.getLong(32),
                bytes.getLong(40),
                blockSize,
                bytes.getInt(48),
                bytes.getInt(52),
                version < ENDS ? 0 : bytes.getInt(56));
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
