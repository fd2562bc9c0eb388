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

    /**
     * Those that are not known to be in a set, with perhaps some that are: nearly all are used by the bitmaps too, and are
     * not collected a second time.
     */
    public BlockSet besides(BlockSet used) throws IOException {
        Collector mapped = new Collector(new RunTable(used));
        Budget budget = map.budget();
        inodes.scan(inode -> {
            if (inode.attributeBlock() != 0) {
                volume.blocks().check(inode.attributeBlock(), 1, "extended attributes of inode " + inode.number());
                mapped.node(inode.attributeBlock());
            }
            return map.visit(inode, 0, budget, mapped);
        });
        return mapped.blocks.build();
    }

    private static final class Collector implements MapVisitor {

        private final RunTable known;
        private final RunCollector blocks = new RunCollector();

        Collector(RunTable known) {
            this.known = known;
        }

        @Override
        public boolean extent(FileExtent extent) {
            add(extent.physical(), extent.count());
            return true;
        }

        @Override
        public boolean node(long block) {
            add(block, 1);
            return true;
        }

        private void add(long first, long count) {
            if (!known.containsAll(first, count)) {
                blocks.add(first, count);
            }
        }
    }
}
