package org.hikae.fsext.map;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.fs.FileExtent;
import org.hikae.fsext.inode.Inode;
import org.hikae.fsext.volume.Volume;

/** Where files have their blocks, whichever way that is kept. */
public final class BlockMap {

    private static final int AT_HAND = 1024;

    private final Volume volume;
    private final ExtentTree extents;
    private final IndirectMap indirect;

    public BlockMap(Volume volume) {
        this.volume = volume;
        this.extents = new ExtentTree(volume);
        this.indirect = new IndirectMap(volume);
    }

    /**
     * Shows extents from a logical block on, and the blocks of the map that lead to them.
     *
     * @return whether the visitor never stopped it
     */
    public boolean visit(Inode inode, long from, Budget budget, MapVisitor visitor) throws IOException {
        if (!inode.hasMap()) {
            return true;
        }
        return inode.hasExtents()
                ? extents.visit(inode, from, budget, visitor)
                : indirect.visit(inode, from, budget, visitor);
    }

    /** A budget for one file system: as much as can be right. */
    public Budget budget() {
        return new Budget(volume.blocks().count());
    }

    /** The next extents from a logical block on, not more than are well kept at a time. */
    public List<FileExtent> next(Inode inode, long from) throws IOException {
        List<FileExtent> next = new ArrayList<>();
        visit(inode, from, budget(), extent -> {
            next.add(extent);
            return next.size() < AT_HAND;
        });
        return next;
    }
}
