package org.hikae.fsext.group;

import org.hikae.fsext.volume.Fields;

/**
 * A group descriptor.
 *
 * @param number of the group, from 0
 * @param blockBitmap the block that has a bit for each block, or cluster, of the group
 * @param inodeBitmap the block that has a bit for each inode of the group
 * @param inodeTable first block of the inode table
 * @param blocksUninitialized whether the block bitmap was never written: only fixed places are used
 * @param inodesUninitialized whether no inode was ever used
 * @param unusedInodes number of inodes at the end of the table that were never used
 * @param blockBitmapChecksum as far as it is kept: 16 or 32 bits, as {@code checksumMask} says
 * @param inodeBitmapChecksum likewise
 * @param checksumMask the bits of bitmap checksums that are kept
 */
public record Group(
        long number,
        long blockBitmap,
        long inodeBitmap,
        long inodeTable,
        boolean blocksUninitialized,
        boolean inodesUninitialized,
        long unusedInodes,
        int blockBitmapChecksum,
        int inodeBitmapChecksum,
        int checksumMask) {

    private static final int INODES_UNINITIALIZED = 1;
    private static final int BLOCKS_UNINITIALIZED = 2;
    /** A descriptor of this size has upper halves. */
    private static final int WIDE = 64;

    /** @param checked whether descriptors of this file system have checksums; else it knows nothing of flags */
    static Group parse(long number, Fields fields, boolean checked) {
        boolean wide = fields.size() >= WIDE;
        int flags = checked ? fields.u16(0x12) : 0;
        return new Group(
                number,
                wide ? fields.wide(0x0, 0x20) : fields.u32(0x0),
                wide ? fields.wide(0x4, 0x24) : fields.u32(0x4),
                wide ? fields.wide(0x8, 0x28) : fields.u32(0x8),
                (flags & BLOCKS_UNINITIALIZED) != 0,
                (flags & INODES_UNINITIALIZED) != 0,
                checked ? fields.u16(0x1C) | (wide ? (long) fields.u16(0x32) << 16 : 0) : 0,
                fields.u16(0x18) | (wide ? fields.u16(0x38) << 16 : 0),
                fields.u16(0x1A) | (wide ? fields.u16(0x3A) << 16 : 0),
                wide ? -1 : 0xFFFF);
    }

    /** What it is called in messages. */
    public String called(String structure) {
        return structure + " of group " + number;
    }
}
