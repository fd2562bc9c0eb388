package org.hikae.fsext.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.checksum.Crc32c;

/** The superblock: 1024 bytes at offset 1024, whatever the block size. Checked: what it says makes sense. */
public final class Superblock {

    public static final int OFFSET = 1024;
    public static final int BYTES = 1024;
    public static final int CHECKSUM = 0x3FC;

    private static final int MAGIC = 0xEF53;
    private static final int UUID = 0x68;
    private static final int LABEL = 0x78;
    private static final int ALL_ONES = -1;

    private final Fields fields;
    private final Features features;

    private Superblock(Fields fields) {
        this.fields = fields;
        boolean hasFeatures = fields.u32(0x4C) > 0;
        this.features = hasFeatures
                ? new Features(fields.i32(0x5C), fields.i32(0x60), fields.i32(0x64))
                : new Features(0, 0, 0);
    }

    /** Whether there is a superblock on the device; what it says may make no sense. */
    public static boolean isOn(BlockDevice device) throws IOException {
        return device.size() >= OFFSET + BYTES && bytes(device).u16(0x38) == MAGIC;
    }

    /**
     * Reads and checks it.
     *
     * @throws FileSystemRefusedException if there is none, it makes no sense, or it has features that are not known
     */
    public static Superblock read(BlockDevice device) throws IOException {
        if (!isOn(device)) {
            throw new FileSystemRefusedException("superblock", -1, "there is none of ext2, ext3 or ext4");
        }
        Superblock superblock = new Superblock(bytes(device));
        superblock.features.check();
        new SuperblockCheck(superblock).check(device.size());
        return superblock;
    }

    private static Fields bytes(BlockDevice device) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        device.read(bytes, OFFSET);
        return new Fields(bytes.flip());
    }

    public Fields fields() {
        return fields;
    }

    public Features features() {
        return features;
    }

    /** Bytes; what it says may be beyond all sense before it is checked. */
    public int blockSize() {
        return 1024 << fields.u32(0x18);
    }

    public long blockCount() {
        return fields.u32(0x4) | (features.incompatible(Features.WIDE) ? fields.u32(0x150) << 32 : 0);
    }

    /** The number of the first block that belongs to a group. */
    public long firstBlock() {
        return fields.u32(0x14);
    }

    public long blocksPerGroup() {
        return fields.u32(0x20);
    }

    /** Blocks for which a bitmap has one bit. */
    public long clusterBlocks() {
        return features.readOnlyCompatible(Features.BIGALLOC) ? 1L << fields.u32(0x1C) - fields.u32(0x18) : 1;
    }

    public long inodeCount() {
        return fields.u32(0x0);
    }

    public long inodesPerGroup() {
        return fields.u32(0x28);
    }

    /** Bytes. */
    public int inodeSize() {
        return revision() == 0 ? 128 : fields.u16(0x58);
    }

    public long revision() {
        return fields.u32(0x4C);
    }

    /** Below it, inodes are for the file system's own use, but for the root directory's. */
    public long firstInode() {
        return revision() == 0 ? 11 : fields.u32(0x54);
    }

    /** Bytes of a group descriptor. */
    public int descriptorSize() {
        return features.incompatible(Features.WIDE) ? fields.u16(0xFE) : 32;
    }

    public long groupCount() {
        return ceil(blockCount() - firstBlock(), blocksPerGroup());
    }

    /** Blocks of the inode table of a group. */
    public long inodeTableBlocks() {
        return ceil(inodesPerGroup() * inodeSize(), blockSize());
    }

    /** The quotient, rounded up. */
    public static long ceil(long number, long unit) {
        return number / unit + (number % unit == 0 ? 0 : 1);
    }

    /** Blocks after the group descriptors that are kept for more of them. */
    public int reservedDescriptorBlocks() {
        return fields.u16(0xCE);
    }

    /** From this block of group descriptors on, each lies in the groups that it describes. */
    public long firstMetaGroup() {
        return fields.u32(0x104);
    }

    /** The two groups that have a copy of the superblock, for {@code sparse_super2}. */
    public long backupGroup(int index) {
        return fields.u32(0x24C + 4 * index);
    }

    /** Number of the journal's inode; 0 if there is none. */
    public long journalInode() {
        return fields.u32(0xE0);
    }

    /** Whether the journal lies on another device. */
    public boolean hasExternalJournal() {
        return features.compatible(Features.HAS_JOURNAL) && journalInode() == 0;
    }

    public boolean needsRecovery() {
        return features.incompatible(Features.NEEDS_RECOVERY);
    }

    /** Whether it was unmounted, or is mounted with a journal. */
    public boolean isClean() {
        return (fields.u16(0x3A) & 1) != 0;
    }

    /** Whether those who write to it keep count of that, as mkfs and Linux have done since 2009. */
    public boolean countsWrites() {
        return fields.wide(0x178, 0x17C) != 0;
    }

    /** Whether the kernel has found errors. */
    public boolean hasErrors() {
        return (fields.u16(0x3A) & 2) != 0;
    }

    /** The block that hosts write to that watch each other; 0 if none. */
    public long multipleMountBlock() {
        return features.incompatible(Features.MMP) ? fields.wide(0x168, 0x16C) : 0;
    }

    /** Inodes above the reserved ones whose content is the file system's own: quotas, and the list of orphans. */
    public List<Long> ownInodes() {
        return List.of(fields.u32(0x240), fields.u32(0x244), fields.u32(0x26C), fields.u32(0x280));
    }

    /** What the checksums of this file system's structures begin with. */
    public int checksumSeed() {
        return features.incompatible(Features.CSUM_SEED)
                ? fields.i32(0x270)
                : Crc32c.update(ALL_ONES, fields.slice(UUID, 16));
    }

    /** The 16 bytes of the file system's id. */
    public ByteBuffer uuidBytes() {
        return fields.slice(UUID, 16);
    }

    public String uuid() {
        String hex = HexFormat.of().formatHex(fields.copy(UUID, 16));
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    }

    public String label() {
        byte[] bytes = fields.copy(LABEL, 16);
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /** The times of the last mount and of the last write to it, which change whenever somebody writes (R14). */
    public String stamp() {
        List<String> times = new ArrayList<>();
        times.add(Long.toHexString(fields.u32(0x30) | (long) fields.u8(0x274) << 32));
        times.add(Long.toHexString(fields.u32(0x2C) | (long) fields.u8(0x275) << 32));
        return String.join("-", times);
    }
}
