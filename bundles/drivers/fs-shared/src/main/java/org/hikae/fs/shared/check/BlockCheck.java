package org.hikae.fs.shared.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileType;
import org.hikae.fs.shared.store.Superblock;
import org.hikae.fs.shared.store.View;
import org.hikae.fs.shared.table.ExtentTable;
import org.hikae.fs.shared.table.ExtentTable.Owned;
import org.hikae.fs.shared.table.FreeTable;
import org.hikae.fs.shared.table.Inode;

/** Checks that each data block belongs to one file or is free, and that files have blocks where they may. */
final class BlockCheck {

    private static final int SHARED_ONES_TOLD = 100;

    private final Superblock superblock;
    private final View view;
    private final Inodes inodes;
    private final Findings findings;
    private final ExtentTable extents;
    private final FreeTable freeTable;
    private final BlockSet.Builder used = new BlockSet.Builder();
    /** Blocks that were met in a second extent. */
    private final List<BlockRun> shared = new ArrayList<>();
    /** The inode whose extents are being looked at, and its record; null if there is none. */
    private long owner = -1;

    private Inode inode;
    /** Where the last extent of this inode ended. */
    private long end;

    BlockCheck(Superblock superblock, View view, Inodes inodes, Findings findings) {
        this.superblock = superblock;
        this.view = view;
        this.inodes = inodes;
        this.findings = findings;
        this.extents = new ExtentTable(superblock.data());
        this.freeTable = new FreeTable(superblock.data());
    }

    void extents() throws IOException {
        extents.scan(view, 0, 0, findings.each(this::look));
        if (!shared.isEmpty()) {
            BlockSet several = BlockSet.of(shared);
            extents.scan(view, 0, 0, findings.each(each -> tellShared(several, each)));
        }
    }

    private void look(Owned owned) throws IOException {
        if (owned.inode() != owner) {
            begin(owned.inode());
        }
        FileExtent extent = owned.extent();
        if (extent.logical() < end) {
            findings.add(told(owned) + " overlaps the one before it");
        }
        end = Math.max(end, extent.end());
        if (inode != null && extent.end() > inode.blocks(superblock.blockSize()) && !inodes.isOrphan(owner)) {
            findings.add(told(owned) + " goes beyond the file's size of " + inode.size() + " bytes");
        }
        claim(new BlockRun(extent.physical(), extent.count()));
    }

    private void begin(long number) throws IOException {
        owner = number;
        end = 0;
        inode = inodes.find(number);
        if (inode == null && !inodes.isOrphan(number)) {
            findings.add("inode " + number + " has blocks, but is not there: they are lost");
        } else if (inode != null && inode.type() != FileType.REGULAR) {
            findings.add("inode " + number + " has blocks, but is no regular file");
        }
    }

    private void claim(BlockRun run) {
        long next = run.first();
        for (BlockRun missing : used.missing(run)) {
            claimAgain(next, missing.first());
            next = missing.end();
        }
        claimAgain(next, run.end());
        used.add(run);
    }

    private void claimAgain(long from, long to) {
        if (from < to && shared.size() < SHARED_ONES_TOLD) {
            shared.add(new BlockRun(from, to - from));
        }
    }

    private void tellShared(BlockSet several, Owned owned) {
        FileExtent extent = owned.extent();
        for (BlockRun run : several.within(new BlockRun(extent.physical(), extent.count()))) {
            findings.add("blocks " + run + " belong to several extents: one is " + told(owned));
        }
    }

    private static String told(Owned owned) {
        FileExtent extent = owned.extent();
        return "the extent of inode " + owned.inode() + " at its block " + extent.logical() + ", " + extent.count()
                + " from block " + extent.physical() + " of the disk,";
    }

    void free() throws IOException {
        BlockSet ofFiles = used.build();
        BlockSet.Builder free = new BlockSet.Builder();
        long[] last = {0};
        freeTable.scan(view, findings.each(run -> {
            if (run.first() < last[0]) {
                findings.add("free blocks " + run + " are told twice");
            }
            last[0] = Math.max(last[0], run.end());
            free.add(run);
        }));
        BlockSet all = free.build();
        for (BlockRun run : all.intersect(ofFiles)) {
            findings.add("blocks " + run + " belong to a file, but count as free");
        }
        BlockSet data =
                BlockSet.range(superblock.data().first(), superblock.data().count());
        for (BlockRun run : data.minus(all).minus(ofFiles)) {
            findings.add("blocks " + run + " belong to no file, but do not count as free: they are lost");
        }
    }

    /** How many blocks files have. */
    long used() {
        return used.build().count();
    }
}
