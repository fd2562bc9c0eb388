package org.hikae.fsext.census;

import java.io.IOException;
import java.util.BitSet;
import org.hikae.fsext.bitmap.BitmapKind;
import org.hikae.fsext.bitmap.Bitmaps;
import org.hikae.fsext.group.GroupTable;
import org.hikae.fsext.inode.Inode;
import org.hikae.fsext.volume.Volume;

/**
 * Tells deleted files that were still open from those that are gone. Nothing refers to either, but the next mount gives the
 * blocks of the former back, and needs their maps for that.
 */
final class Orphans {

    private final Volume volume;
    private final GroupTable groups;
    private final Bitmaps bitmaps;
    /** The inodes in use of the group that was asked for last; null if none of it was ever used. */
    private BitSet used;

    private long group = -1;

    Orphans(Volume volume, GroupTable groups) {
        this.volume = volume;
        this.groups = groups;
        this.bitmaps = new Bitmaps(volume, groups);
    }

    /** Whether an inode to which nothing refers has blocks. Of most, which are gone, nothing has to be read to tell. */
    boolean has(Inode inode) throws IOException {
        boolean typed = inode.mode() != 0 || inode.isBadBlocks();
        return typed && (inode.attributeBlock() != 0 || inode.hasMap() && hasEntries(inode)) && isUsed(inode.number());
    }

    /** An empty tree of extents begins with a header like any other. */
    private static boolean hasEntries(Inode inode) {
        if (inode.hasExtents()) {
            return inode.map().u16(2) != 0;
        }
        for (int at = 0; at < Inode.MAP_BYTES; at += Integer.BYTES) {
            if (inode.map().i32(at) != 0) {
                return true;
            }
        }
        return false;
    }

    private boolean isUsed(long inode) throws IOException {
        long perGroup = volume.superblock().inodesPerGroup();
        long of = (inode - 1) / perGroup;
        if (of != group) {
            used = bitmaps.get(BitmapKind.INODES, groups.get(of));
            group = of;
        }
        return used != null && used.get((int) ((inode - 1) % perGroup));
    }
}
