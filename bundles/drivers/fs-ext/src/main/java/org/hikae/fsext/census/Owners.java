package org.hikae.fsext.census;

import java.io.IOException;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.fs.BlockOwner;
import org.hikae.api.fs.FileExtent;
import org.hikae.fsext.bitmap.UsedBlocks;
import org.hikae.fsext.group.Group;
import org.hikae.fsext.group.GroupTable;
import org.hikae.fsext.inode.Inode;
import org.hikae.fsext.inode.InodeTable;
import org.hikae.fsext.map.BlockMap;
import org.hikae.fsext.map.Budget;
import org.hikae.fsext.map.MapVisitor;
import org.hikae.fsext.volume.Volume;

/** Finds out what a block is there for. */
public final class Owners {

    private static final List<String> STRUCTURES = List.of("block bitmap", "inode bitmap", "inode table");

    private final Volume volume;
    private final GroupTable groups;
    private final InodeTable inodes;
    private final BlockMap map;
    private final UsedBlocks used;

    public Owners(Volume volume, GroupTable groups, InodeTable inodes, BlockMap map, UsedBlocks used) {
        this.volume = volume;
        this.groups = groups;
        this.inodes = inodes;
        this.map = map;
        this.used = used;
    }

    public BlockOwner of(long block) throws IOException {
        String structure = structure(block);
        if (structure != null) {
            return new BlockOwner.Structure(structure);
        }
        Search search = new Search(block);
        inodes.scan(search::visit);
        if (search.owner != null) {
            return search.owner;
        }
        return used.contains(block) ? new BlockOwner.Unknown() : new BlockOwner.Nobody();
    }

    private String structure(long block) throws IOException {
        long watched = volume.superblock().multipleMountBlock();
        if (watched != 0 && block == watched) {
            return "block of multiple mount protection";
        }
        for (long number = 0; number < groups.count(); number++) {
            Group group = groups.get(number);
            List<BlockRun> places = groups.structures(group);
            for (int i = 0; i < places.size(); i++) {
                if (contains(places.get(i), block)) {
                    return group.called(STRUCTURES.get(i));
                }
            }
            for (BlockRun run : groups.layout().fixed(number)) {
                if (contains(run, block)) {
                    return group.called("superblock and group descriptors");
                }
            }
        }
        return null;
    }

    private static boolean contains(BlockRun run, long block) {
        return block >= run.first() && block < run.end();
    }

    /** Looks at inodes until one has the block. */
    private final class Search implements MapVisitor {

        private final long block;
        private final Budget budget = map.budget();
        /** The inode that is being looked at. */
        private Inode inode;
        /** Null as long as it is not found. */
        private BlockOwner owner;

        Search(long block) {
            this.block = block;
        }

        boolean visit(Inode next) throws IOException {
            inode = next;
            if (next.attributeBlock() == block && block != 0) {
                owner = new BlockOwner.Structure("extended attributes of inode " + next.number());
                return false;
            }
            return map.visit(next, 0, budget, this);
        }

        @Override
        public boolean extent(FileExtent extent) {
            if (block >= extent.physical() && block - extent.physical() < extent.count()) {
                owner = new BlockOwner.Content(inode.number(), extent.logical() + block - extent.physical());
            }
            return owner == null;
        }

        @Override
        public boolean node(long node) {
            if (node == block) {
                owner = new BlockOwner.Structure("block map of inode " + inode.number());
            }
            return owner == null;
        }
    }
}
