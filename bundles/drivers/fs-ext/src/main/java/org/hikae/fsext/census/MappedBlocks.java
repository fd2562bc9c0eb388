package org.hikae.fsext.census;

import java.io.IOException;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileExtent;
import org.hikae.fsext.bitmap.RunCollector;
import org.hikae.fsext.inode.InodeTable;
import org.hikae.fsext.map.BlockMap;
import org.hikae.fsext.map.Budget;
import org.hikae.fsext.map.MapVisitor;
import org.hikae.fsext.volume.Volume;

/** The blocks that inodes have, whatever the bitmaps say (R18): content, maps and extended attributes. */
public final class MappedBlocks {

    private final Volume volume;
    private final InodeTable inodes;
    private final BlockMap map;

    public MappedBlocks(Volume volume, InodeTable inodes, BlockMap map) {
        this.volume = volume;
        this.inodes = inodes;
        this.map = map;
    }

    public BlockSet all() throws IOException {
        RunCollector mapped = new RunCollector();
        Budget budget = map.budget();
        MapVisitor collector = new MapVisitor() {
            @Override
            public boolean extent(FileExtent extent) {
                mapped.add(extent.physical(), extent.count());
                return true;
            }

            @Override
            public boolean node(long block) {
                mapped.add(block, 1);
                return true;
            }
        };
        inodes.scan(inode -> {
            if (inode.attributeBlock() != 0) {
                volume.blocks().check(inode.attributeBlock(), 1, "extended attributes of inode " + inode.number());
                mapped.add(inode.attributeBlock(), 1);
            }
            return map.visit(inode, 0, budget, collector);
        });
        return mapped.build();
    }
}
