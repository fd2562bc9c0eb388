package org.hikae.fsext.map;

import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.inode.Inode;

/**
 * How many blocks of maps may still be read. Each lies in one map only, so there are no more than the file system has
 * blocks; maps that were made to lead in circles, or to the same place again and again, end here.
 */
public final class Budget {

    private long left;

    public Budget(long blocks) {
        left = blocks;
    }

    void spend(Inode inode, long block) throws FileSystemRefusedException {
        if (left-- <= 0) {
            throw new FileSystemRefusedException(
                    "map of inode " + inode.number(),
                    block,
                    "maps up to here have more blocks than there are: some block is in them again and again");
        }
    }
}
