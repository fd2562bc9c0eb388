package org.hikae.fsext.bitmap;

import java.io.IOException;
import java.util.BitSet;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.group.Group;
import org.hikae.fsext.group.GroupTable;
import org.hikae.fsext.group.Layout;
import org.hikae.fsext.volume.Superblock;
import org.hikae.fsext.volume.Volume;

/** The blocks that are not free by the block bitmaps. */
public final class UsedBlocks {

    private final Superblock superblock;
    private final GroupTable groups;
    private final Layout layout;
    private final Bitmaps bitmaps;

    public UsedBlocks(Volume volume, GroupTable groups) {
        this.superblock = volume.superblock();
        this.groups = groups;
        this.layout = groups.layout();
        this.bitmaps = new Bitmaps(volume, groups);
    }

    /**
     * All of them, the block before the first group too.
     *
     * @throws FileSystemRefusedException if a checksum does not match, or a bitmap calls blocks free that the file system
     *     itself lies in
     */
    public BlockSet all() throws IOException {
        RunCollector used = new RunCollector();
        if (superblock.firstBlock() > 0) {
            used.add(0, superblock.firstBlock());
        }
        RunCollector uninitialized = new RunCollector();
        bitmaps.visit(BitmapKind.BLOCKS, (group, bits) -> {
            if (bits == null) {
                addFixed(uninitialized, group);
            } else {
                add(used, group, bits);
            }
        });
        BlockSet all = used.build().union(uninitialized.build());
        checkStructures(all);
        return all;
    }

    /** Whether a block is used by the bitmap of its group. */
    public boolean contains(long block) throws IOException {
        if (block < superblock.firstBlock()) {
            return true;
        }
        long within = block - superblock.firstBlock();
        Group group = groups.get(within / superblock.blocksPerGroup());
        BitSet bits = bitmaps.get(BitmapKind.BLOCKS, group);
        if (bits != null) {
            return bits.get((int) (within % superblock.blocksPerGroup() / superblock.clusterBlocks()));
        }
        RunCollector fixed = new RunCollector();
        addFixed(fixed, group);
        return fixed.build().contains(block);
    }

    private void add(RunCollector used, Group group, BitSet bits) {
        long first = layout.firstBlock(group.number());
        long count = layout.blockCount(group.number());
        long cluster = superblock.clusterBlocks();
        int end = (int) Superblock.ceil(count, cluster);
        int from = bits.nextSetBit(0);
        while (from >= 0 && from < end) {
            int to = Math.min(bits.nextClearBit(from), end);
            long blocks = Math.min(to * cluster, count) - from * cluster;
            used.add(first + from * cluster, blocks);
            from = bits.nextSetBit(to);
        }
    }

    /** What is used in a group whose bitmap was never written, whole clusters. */
    private void addFixed(RunCollector used, Group group) {
        layout.fixed(group.number()).forEach(run -> used.add(wholeClusters(run)));
        groups.structures(group).forEach(run -> used.add(wholeClusters(run)));
    }

    private BlockRun wholeClusters(BlockRun run) {
        long cluster = superblock.clusterBlocks();
        long base = superblock.firstBlock();
        if (run.first() < base || cluster == 1) {
            return run;
        }
        long first = base + (run.first() - base) / cluster * cluster;
        long end = base + Superblock.ceil(run.end() - base, cluster) * cluster;
        return new BlockRun(first, Math.min(end, superblock.blockCount()) - first);
    }

    /** A bitmap that contradicts what was just read with its help is not believed in the rest either. */
    private void checkStructures(BlockSet used) throws IOException {
        for (long number = 0; number < groups.count(); number++) {
            Group group = groups.get(number);
            for (BlockRun run : groups.structures(group)) {
                checkUsed(used, run);
            }
            for (BlockRun run : layout.fixed(number)) {
                checkUsed(used, run);
            }
        }
    }

    private void checkUsed(BlockSet used, BlockRun run) throws IOException {
        if (!used.containsAll(run)) {
            Group group = groups.get((run.first() - superblock.firstBlock()) / superblock.blocksPerGroup());
            throw new FileSystemRefusedException(
                    group.called("block bitmap"),
                    group.blockBitmap(),
                    "it calls blocks free in which the file system itself lies: " + run);
        }
    }
}
