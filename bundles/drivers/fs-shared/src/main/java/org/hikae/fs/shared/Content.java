package org.hikae.fs.shared;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.hikae.api.block.BlockRun;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.FileSystemFullException;
import org.hikae.fs.shared.store.View;
import org.hikae.fs.shared.table.Inode;
import org.hikae.fs.shared.table.InodeTable;

/** Which blocks hold the content of files: promised, then reserved and written, then a part of the file (R17). */
final class Content {

    private static final long LARGEST = 1L << 62;

    private final Volume volume;
    private final Remains remains;
    private final Reservations reservations;
    private final Goals goals = new Goals();
    private final Blocks blocks;
    private final int blockSize;

    Content(Volume volume, Remains remains) {
        this.volume = volume;
        this.remains = remains;
        this.reservations = volume.reservations();
        this.blocks = new Blocks(volume.superblock());
        this.blockSize = volume.superblock().blockSize();
    }

    List<FileExtent> extents(long inode, long from) throws IOException {
        return volume.read(view -> {
            return blocks.extents(view, regular(view, inode), from);
        });
    }

    private static Inode regular(View view, long inode) throws IOException {
        Inode file = InodeTable.get(view, inode);
        if (file.type() != FileType.REGULAR) {
            throw new FileSystemException("inode " + inode, null, "it is no regular file, and has no blocks");
        }
        return file;
    }

    void promise(long blocks, long opener) throws IOException {
        if (blocks < 0) {
            throw new IllegalArgumentException("no number of blocks: " + blocks);
        }
        volume.requireRoom(Volume.BYTES_OF_AN_EXTENT * blocks);
        require(blocks, () -> reservations.promise(blocks, opener));
    }

    /**
     * Tries to get blocks; if there are too few, those are made free at once that were given back lately (R17). Whether there are
     * such is asked before each try: what another one makes free after that is found by the try.
     */
    private void require(long blocks, BooleanSupplier attempt) throws IOException {
        long waiting = volume.waiting();
        while (!attempt.getAsBoolean()) {
            if (waiting == 0) {
                throw new FileSystemFullException("the file system is full: " + blocks + " blocks of " + blockSize
                        + " bytes are needed, and " + volume.free().available() + " are free; remove files");
            }
            volume.commit();
            waiting = volume.waiting();
        }
    }

    List<FileExtent> reserve(long inode, long logical, long count, long opener) throws IOException {
        checkBlocks(logical, count);
        List<Gap> gaps = remains.readWhole(inode, view -> {
            regular(view, inode);
            return Gap.within(volume.extents(), view, inode, logical, count);
        });
        List<FileExtent> reserved = new ArrayList<>();
        long needed = gaps.stream().mapToLong(Gap::count).sum();
        require(needed, () -> reservations.draw(needed, opener));
        for (Gap gap : gaps) {
            long next = gap.logical();
            for (BlockRun run : reservations.reserve(goals.of(inode, gap), gap.count(), opener)) {
                reserved.add(new FileExtent(next, run.first(), run.count(), false));
                next += run.count();
                goals.note(inode, next, run.end());
            }
        }
        return reserved;
    }

    private static void checkBlocks(long logical, long count) {
        if (logical < 0 || count < 1 || logical > LARGEST - count) {
            throw new IllegalArgumentException("no blocks of a file: " + count + " from " + logical);
        }
    }

    void map(long number, List<FileExtent> written, long size, Instant modified, long opener) throws IOException {
        checkSize(size);
        List<BlockRun> runs = new ArrayList<>();
        for (FileExtent extent : written) {
            runs.add(new BlockRun(extent.physical(), extent.count()));
        }
        try {
            remains.changeWhole(number, edit -> {
                Inode old = regular(edit.tables(), number);
                Inode file = old.withSize(Math.max(old.size(), size))
                        .withTimes(old.times().modified(modified));
                for (FileExtent extent : written) {
                    requireMappable(file, extent, opener);
                    volume.extents().add(edit.tables(), number, extent);
                    edit.use(new BlockRun(extent.physical(), extent.count()));
                }
                InodeTable.put(edit.tables(), file);
                reservations.used(runs, opener);
                edit.ifUndone(() -> reservations.unused(runs, opener));
                return null;
            });
        } catch (NoSuchFileException e) {
            reservations.drop(runs, opener);
            throw e;
        }
    }

    private void requireMappable(Inode file, FileExtent extent, long opener) {
        if (!reservations.has(new BlockRun(extent.physical(), extent.count()), opener)) {
            throw new IllegalArgumentException("not reserved by " + opener + ": " + extent);
        } else if (extent.end() > file.blocks(blockSize)) {
            throw new IllegalArgumentException(
                    "inode " + file.number() + " ends at " + file.size() + ", before the end of " + extent);
        }
    }

    void resize(long number, long size, Instant modified) throws IOException {
        checkSize(size);
        remains.changeWhole(number, edit -> {
            Inode old = regular(edit.tables(), number);
            Inode file = old.withSize(size).withTimes(old.times().modified(modified));
            InodeTable.put(edit.tables(), file);
            if (size < old.size()) {
                remains.cut(edit, file);
            }
            return null;
        });
        remains.finish();
    }

    private static void checkSize(long size) {
        if (size < 0 || size > LARGEST) {
            throw new IllegalArgumentException("no size of a file: " + size);
        }
    }
}
