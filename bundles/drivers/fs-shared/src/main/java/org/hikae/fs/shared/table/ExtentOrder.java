package org.hikae.fs.shared.table;

import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystemRefusedException;

/** Refuses extents of a file that overlap, when they are met in the order of the table. */
public final class ExtentOrder {

    private long inode;
    private long end;

    public void check(ExtentTable.Owned owned) throws FileSystemRefusedException {
        FileExtent extent = owned.extent();
        if (owned.inode() == inode && extent.logical() < end) {
            throw new FileSystemRefusedException(
                    "extent of inode " + inode + " at its block " + extent.logical(),
                    extent.physical(),
                    "it overlaps the one before it");
        }
        inode = owned.inode();
        end = extent.end();
    }
}
