package org.hikae.fsext.census;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileExtent;
import org.hikae.fsext.bitmap.RunCollector;
import org.hikae.fsext.group.Group;
import org.hikae.fsext.group.GroupTable;
import org.hikae.fsext.inode.Inode;
import org.hikae.fsext.inode.InodeTable;
import org.hikae.fsext.map.BlockMap;
import org.hikae.fsext.map.Budget;
import org.hikae.fsext.map.MapVisitor;
import org.hikae.fsext.volume.Superblock;
import org.hikae.fsext.volume.Volume;

/**
 * The blocks that do not hold content of files, gathered in one pass over all inodes: those of deleted files that were still
 * open, too, since the next mount looks at their maps.
 */
public final class MetadataBlocks {

    private final Volume volume;
    private final GroupTable groups;
    private final InodeTable inodes;
    private final BlockMap map;

    public MetadataBlocks(Volume volume, GroupTable groups, InodeTable inodes, BlockMap map) {
        this.volume = volume;
        this.groups = groups;
        this.inodes = inodes;
        this.map = map;
    }

    public BlockSet all() throws IOException {
        RunCollector metadata = new RunCollector();
        for (long number = 0; number < groups.count(); number++) {
            Group group = groups.get(number);
            groups.layout().fixed(number).forEach(metadata::add);
            for (BlockRun run : groups.structures(group)) {
                metadata.add(run);
            }
        }
        long watched = volume.superblock().multipleMountBlock();
        if (watched != 0) {
            volume.blocks().check(watched, 1, "block of multiple mount protection");
            metadata.add(watched, 1);
        }
        Set<Long> own = new HashSet<>(volume.superblock().ownInodes());
        Budget budget = map.budget();
        Orphans orphans = new Orphans(volume, groups);
        inodes.scanAll(inode -> {
            if (inode.links() > 0 || orphans.has(inode)) {
                inodes.check(inode);
                add(metadata, inode, isMetadata(inode, own), budget);
            }
            return true;
        });
        return metadata.build();
    }

    /** Whether even the content of a file is needed to find other content. */
    private boolean isMetadata(Inode inode, Set<Long> own) {
        Superblock superblock = volume.superblock();
        boolean reserved = inode.number() < superblock.firstInode() && !inode.isBadBlocks();
        return reserved
                || own.contains(inode.number())
                || inode.isDirectory()
                || inode.isSymlink()
                || inode.isAttributeValue();
    }

    private void add(RunCollector metadata, Inode inode, boolean whole, Budget budget) throws IOException {
        if (inode.attributeBlock() != 0) {
            volume.blocks().check(inode.attributeBlock(), 1, "extended attributes of inode " + inode.number());
            metadata.add(inode.attributeBlock(), 1);
        }
        map.visit(inode, 0, budget, new MapVisitor() {
            @Override
            public boolean extent(FileExtent extent) {
                if (whole) {
                    metadata.add(extent.physical(), extent.count());
                }
                return true;
            }

            @Override
            public boolean node(long block) {
                metadata.add(block, 1);
                return true;
            }
        });
    }
}
