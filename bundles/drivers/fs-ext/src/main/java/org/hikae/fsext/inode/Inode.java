package org.hikae.fsext.inode;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.hikae.fsext.volume.Fields;

/**
 * An inode as it lies in the table.
 *
 * @param number from 1
 * @param block where it lies
 */
public record Inode(long number, long block, Fields fields) {

    /** Bytes of an inode of ext2, and of the part that every inode has. */
    public static final int BASE_SIZE = 128;

    public static final int MAP_BYTES = 60;

    /** Number of the inode whose blocks are those that nobody shall use. */
    private static final int BAD_BLOCKS = 1;

    static final int CHECKSUM = 0x7C;
    static final int CHECKSUM_HIGH = 0x82;
    private static final int MAP = 0x28;

    private static final int FLAG_ENCRYPTED = 0x800;
    private static final int FLAG_INDEX = 0x1000;
    private static final int FLAG_EXTENTS = 0x80000;
    private static final int FLAG_EA_INODE = 0x200000;
    private static final int FLAG_INLINE_DATA = 0x10000000;

    private static final int DIRECTORY = 0x4000;
    private static final int REGULAR = 0x8000;
    private static final int SYMLINK = 0xA000;

    /** Type and permissions. */
    public int mode() {
        return fields.u16(0x0);
    }

    private int type() {
        return mode() & 0xF000;
    }

    public boolean isDirectory() {
        return type() == DIRECTORY;
    }

    public boolean isSymlink() {
        return type() == SYMLINK;
    }

    public boolean isRegular() {
        return type() == REGULAR;
    }

    public int links() {
        return fields.u16(0x1A);
    }

    /** Bytes; the upper half counts for all, though a few old file systems kept something else there in directories. */
    public long size() {
        long high = isRegular() || isSymlink() ? fields.u32(0x6C) : 0;
        return fields.u32(0x4) | high << 32;
    }

    /** As {@link #size}, of a directory in a file system with {@code large_dir}. */
    public long largeDirectorySize() {
        return fields.wide(0x4, 0x6C);
    }

    public long flags() {
        return fields.u32(0x20);
    }

    private boolean has(int flag) {
        return (fields.i32(0x20) & flag) != 0;
    }

    public boolean hasExtents() {
        return has(FLAG_EXTENTS);
    }

    public boolean hasInlineData() {
        return has(FLAG_INLINE_DATA);
    }

    /** Whether its content is encrypted; of a directory, the names in it, of a symlink, the target. */
    public boolean isEncrypted() {
        return has(FLAG_ENCRYPTED);
    }

    /** Whether it is a directory with an index. */
    public boolean isIndexed() {
        return isDirectory() && has(FLAG_INDEX);
    }

    /** Whether its content is the value of an extended attribute. */
    public boolean isAttributeValue() {
        return has(FLAG_EA_INODE);
    }

    /** Whether it is a symlink whose target lies in the inode. */
    public boolean isFastSymlink() {
        return isSymlink() && size() < MAP_BYTES && !hasExtents() && !hasInlineData();
    }

    /** Whether it has blocks of its own at all. */
    public boolean hasMap() {
        boolean kept = isRegular() || isDirectory() || isSymlink() || isBadBlocks();
        return kept && !hasInlineData() && !isFastSymlink();
    }

    /** Whether it is the list of bad blocks, which has neither a type nor a name. */
    public boolean isBadBlocks() {
        return number == BAD_BLOCKS;
    }

    /** The 60 bytes that tell where the content is, or hold it. */
    public Fields map() {
        return new Fields(fields.slice(MAP, MAP_BYTES));
    }

    public int generation() {
        return fields.i32(0x64);
    }

    /** The block with extended attributes; 0 if there is none. */
    public long attributeBlock() {
        return fields.u32(0x68) | (long) fields.u16(0x76) << 32;
    }

    public long uid() {
        return fields.u16(0x2) | (long) fields.u16(0x78) << 16;
    }

    public long gid() {
        return fields.u16(0x18) | (long) fields.u16(0x7A) << 16;
    }

    /** Bytes after the base part that are in use, but for extended attributes. */
    public int extraSize() {
        return fields.size() > BASE_SIZE ? fields.u16(0x80) : 0;
    }

    private boolean has(int offset, int length) {
        return offset + length <= BASE_SIZE + extraSize();
    }

    boolean hasWideChecksum() {
        return has(CHECKSUM_HIGH, 2);
    }

    /** What extended attributes in the inode have for themselves. */
    public Fields attributeSpace() {
        int start = BASE_SIZE + extraSize();
        boolean some = fields.size() > BASE_SIZE && start < fields.size();
        return new Fields(some ? fields.slice(start, fields.size() - start) : ByteBuffer.allocate(0));
    }

    public Instant accessed() {
        return time(0x8, 0x8C);
    }

    public Instant changed() {
        return time(0xC, 0x84);
    }

    public Instant modified() {
        return time(0x10, 0x88);
    }

    /** Null if it is not kept. */
    public Instant created() {
        return has(0x90, 4) ? time(0x90, 0x94) : null;
    }

    /** Seconds are signed; two bits more, and the nanoseconds, lie in the extra part. */
    private Instant time(int seconds, int extra) {
        long more = has(extra, 4) ? fields.u32(extra) : 0;
        return Instant.ofEpochSecond(fields.i32(seconds) + ((more & 3) << 32), more >>> 2);
    }
}
