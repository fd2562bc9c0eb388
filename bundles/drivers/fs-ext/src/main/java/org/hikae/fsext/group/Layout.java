package org.hikae.fsext.group;

import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.fsext.volume.Features;
import org.hikae.fsext.volume.Superblock;

/** What lies at fixed places: groups, copies of the superblock, and group descriptors. */
public final class Layout {

    private final Superblock superblock;
    private final long perBlock;
    private final long descriptorBlocks;
    private final boolean metaGroups;

    public Layout(Superblock superblock) {
        this.superblock = superblock;
        perBlock = superblock.blockSize() / superblock.descriptorSize();
        descriptorBlocks = (superblock.groupCount() + perBlock - 1) / perBlock;
        metaGroups = superblock.features().incompatible(Features.META_BG);
    }

    public long firstBlock(long group) {
        return superblock.firstBlock() + group * superblock.blocksPerGroup();
    }

    /** Number of blocks of a group: the last one may be a short one. */
    public long blockCount(long group) {
        return Math.min(superblock.blocksPerGroup(), superblock.blockCount() - firstBlock(group));
    }

    /** Descriptors in a block. */
    long descriptorsPerBlock() {
        return perBlock;
    }

    /** The block in which the descriptor of a group lies. */
    long descriptorBlock(long group) {
        long index = group / perBlock;
        if (!isMeta(index)) {
            return superblockOf(0) + 1 + index;
        }
        long home = index * perBlock;
        return superblockOf(home) + (hasSuperblock(home) ? 1 : 0);
    }

    /** Whether this block of descriptors lies in the groups that it describes. */
    private boolean isMeta(long index) {
        return metaGroups && index >= superblock.firstMetaGroup();
    }

    /** Where the group's copy of the superblock is, if it has one. With clusters of 1 KiB blocks, block 0 is not ours. */
    private long superblockOf(long group) {
        boolean reserved = superblock.blockSize() == 1024 && superblock.clusterBlocks() > 1;
        return firstBlock(group) + (group == 0 && reserved ? 1 : 0);
    }

    boolean hasSuperblock(long group) {
        if (group == 0) {
            return true;
        } else if (superblock.features().compatible(Features.SPARSE_SUPER2)) {
            return group == superblock.backupGroup(0) || group == superblock.backupGroup(1);
        }
        return group == 1
                || !superblock.features().readOnlyCompatible(Features.SPARSE_SUPER)
                || isPower(group, 3)
                || isPower(group, 5)
                || isPower(group, 7);
    }

    private static boolean isPower(long number, long base) {
        long left = number;
        while (left % base == 0) {
            left /= base;
        }
        return left == 1;
    }

    /** The copies of superblock and descriptors in a group, with what is reserved for more, cut at the group's end. */
    public List<BlockRun> fixed(long group) {
        List<BlockRun> fixed = new ArrayList<>();
        boolean hasSuperblock = hasSuperblock(group);
        long at = superblockOf(group);
        if (hasSuperblock) {
            // Before the superblock of the first group there may be a block for whatever starts the machine.
            long first = group == 0 ? 0 : at;
            add(fixed, first, at + 1 - first, group);
            at++;
        }
        if (isMeta(group / perBlock)) {
            long within = group % perBlock;
            if (within == 0 || within == 1 || within == perBlock - 1) {
                add(fixed, at, 1, group);
            }
        } else if (hasSuperblock) {
            long descriptors = metaGroups
                    ? Math.min(superblock.firstMetaGroup(), descriptorBlocks)
                    : descriptorBlocks + superblock.reservedDescriptorBlocks();
            add(fixed, at, descriptors, group);
        }
        return fixed;
    }

    private void add(List<BlockRun> runs, long first, long count, long group) {
        long end = Math.min(first + count, firstBlock(group) + blockCount(group));
        if (end > first) {
            runs.add(new BlockRun(first, end - first));
        }
    }
}
