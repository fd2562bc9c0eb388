package org.hikae.fsext.bitmap;

import org.hikae.fsext.group.Group;
import org.hikae.fsext.volume.Superblock;

/** The two bitmaps of a group. */
public enum BitmapKind {
    BLOCKS("block bitmap") {
        @Override
        long place(Group group) {
            return group.blockBitmap();
        }

        @Override
        boolean uninitialized(Group group) {
            return group.blocksUninitialized();
        }

        @Override
        int checksum(Group group) {
            return group.blockBitmapChecksum();
        }

        @Override
        long bits(Superblock superblock) {
            return superblock.blocksPerGroup() / superblock.clusterBlocks();
        }
    },
    INODES("inode bitmap") {
        @Override
        long place(Group group) {
            return group.inodeBitmap();
        }

        @Override
        boolean uninitialized(Group group) {
            return group.inodesUninitialized();
        }

        @Override
        int checksum(Group group) {
            return group.inodeBitmapChecksum();
        }

        @Override
        long bits(Superblock superblock) {
            return superblock.inodesPerGroup();
        }
    };

    private final String title;

    BitmapKind(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    abstract long place(Group group);

    abstract boolean uninitialized(Group group);

    abstract int checksum(Group group);

    /** Number of bits in the bitmap of a whole group. */
    abstract long bits(Superblock superblock);
}
