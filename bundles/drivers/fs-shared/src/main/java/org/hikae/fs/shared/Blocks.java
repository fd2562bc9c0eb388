package org.hikae.fs.shared;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.BlockOwner;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileType;
import org.hikae.fs.shared.store.Superblock;
import org.hikae.fs.shared.store.View;
import org.hikae.fs.shared.table.ExtentOrder;
import org.hikae.fs.shared.table.ExtentTable;
import org.hikae.fs.shared.table.FreeTable;
import org.hikae.fs.shared.table.Inode;
import org.hikae.fs.shared.table.InodeTable;

/** What the blocks of a file system are there for. */
final class Blocks {

    /** Extents that are told at once. */
    private static final int PART = 1024;

    private final Superblock superblock;
    private final ExtentTable extents;
    private final FreeTable free;

    Blocks(Superblock superblock) {
        this.superblock = superblock;
        this.extents = new ExtentTable(superblock.data());
        this.free = new FreeTable(superblock.data());
    }

    /** All but the free ones, and those that a file has although they count as free. */
    BlockSet used(View view) throws IOException {
        BlockSet used = BlockSet.range(0, superblock.blocks()).minus(free.all(view));
        BlockSet.Builder ofFiles = new BlockSet.Builder();
        ExtentOrder order = new ExtentOrder();
        extents.scan(view, 0, 0, owned -> {
            order.check(owned);
            BlockRun run =
                    new BlockRun(owned.extent().physical(), owned.extent().count());
            if (free.hasAny(view, run)) {
                ofFiles.add(run);
            }
            return true;
        });
        return used.union(ofFiles.build());
    }

    /** Everything but the data blocks. */
    BlockSet metadata() {
        return BlockSet.range(0, superblock.blocks())
                .minus(BlockSet.range(
                        superblock.data().first(), superblock.data().count()));
    }

    BlockOwner owner(View view, long block) throws IOException {
        String structure = structure(block);
        if (structure != null) {
            return new BlockOwner.Structure(structure);
        }
        BlockOwner[] owner = {null};
        extents.scan(view, 0, 0, owned -> {
            FileExtent extent = owned.extent();
            if (block >= extent.physical() && block - extent.physical() < extent.count()) {
                owner[0] = content(view, owned, block);
            }
            return owner[0] == null;
        });
        if (owner[0] != null) {
            return owner[0];
        }
        return free.hasAny(view, new BlockRun(block, 1)) ? new BlockOwner.Nobody() : new BlockOwner.Unknown();
    }

    /** Blocks of removed files, and those after a file's new end, are still to be given back. */
    private BlockOwner content(View view, ExtentTable.Owned owned, long block) throws IOException {
        FileExtent extent = owned.extent();
        long logical = extent.logical() + block - extent.physical();
        Inode inode = InodeTable.find(view, owned.inode());
        return inode == null || logical >= inode.blocks(superblock.blockSize())
                ? new BlockOwner.Unknown()
                : new BlockOwner.Content(owned.inode(), logical);
    }

    private String structure(long block) {
        if (block == 0) {
            return "superblock";
        } else if (block < superblock.journal().end()) {
            return "journal";
        } else if (block < superblock.region().end()) {
            return "region of the tables";
        }
        return block >= superblock.data().end() ? "copy of the superblock" : null;
    }

    /**
     * Extents of a file from a block on, as many as are at hand. Blocks after the end are no part of the file, even if they
     * have not been taken off yet.
     */
    List<FileExtent> extents(View view, Inode file, long from) throws IOException {
        if (file.type() != FileType.REGULAR) {
            return List.of();
        }
        long end = file.blocks(superblock.blockSize());
        List<FileExtent> inside = new ArrayList<>();
        for (FileExtent each : extents.list(view, file.number(), from, PART)) {
            if (each.end() <= end) {
                inside.add(each);
            } else if (each.logical() < end) {
                inside.add(new FileExtent(each.logical(), each.physical(), end - each.logical(), false));
            }
        }
        return inside;
    }
}
