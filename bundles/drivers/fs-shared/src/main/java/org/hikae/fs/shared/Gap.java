package org.hikae.fs.shared;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.fs.FileExtent;
import org.hikae.fs.shared.store.View;
import org.hikae.fs.shared.table.ExtentTable;

/**
 * Blocks of a file that lie nowhere.
 *
 * @param logical the first one's number within the file
 * @param count how many
 * @param goal the block of the disk after the one that the file has right before them; -1 if it has none there
 */
record Gap(long logical, long count, long goal) {

    private static final int AT_ONCE = 256;

    /** The gaps of a file within some of its blocks, in order. */
    static List<Gap> within(ExtentTable extents, View view, long inode, long logical, long count) throws IOException {
        List<Gap> gaps = new ArrayList<>();
        long end = logical + count;
        long next = logical;
        FileExtent before = logical == 0 ? null : extents.floor(view, inode, logical - 1);
        while (next < end) {
            List<FileExtent> some = extents.list(view, inode, next, AT_ONCE);
            for (FileExtent extent : some) {
                addTo(gaps, next, Math.min(end, extent.logical()), before);
                next = Math.max(next, extent.end());
                before = extent;
            }
            if (some.size() < AT_ONCE) {
                addTo(gaps, next, end, before);
                next = end;
            }
        }
        return gaps;
    }

    private static void addTo(List<Gap> gaps, long from, long to, FileExtent before) {
        if (from < to) {
            long goal = before == null ? -1 : before.physical() + before.count();
            gaps.add(new Gap(from, to - from, goal));
        }
    }
}
