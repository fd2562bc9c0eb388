package org.hikae.shell.command;

import java.io.IOException;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.Marks;
import org.hikae.api.fs.FileSystem;
import org.hikae.shell.call.Call;

/** The sets of blocks that people can ask for. */
final class DiskBlocks {

    private final Call call;
    private final String name;
    private final Disk disk;

    /** @throws IOException if there is no such disk, or it cannot be opened */
    DiskBlocks(Call call, String name) throws IOException {
        this.call = call;
        this.name = name;
        this.disk = call.service(Disks.class).get(name);
    }

    BlockRuns used() throws IOException {
        if (!disk.hasFileSystem()) {
            return inDiskBlocks(disk.used());
        }
        try (FileSystem fileSystem = disk.openFileSystem()) {
            return in(fileSystem, fileSystem.used());
        }
    }

    BlockRuns metadata() throws IOException {
        try (FileSystem fileSystem = disk.openFileSystem()) {
            return in(fileSystem, fileSystem.metadata());
        }
    }

    /** @param mark null: since the last backup */
    BlockRuns changed(String mark) throws IOException {
        ChangeTracker tracker = disk.changes();
        Changes changes = mark == null
                ? tracker.changed()
                : tracker.changedSince(
                        Find.mark(call.service(Marks.class), name, mark).point());
        if (changes instanceof Changes.Known known) {
            return inDiskBlocks(known.blocks());
        }
        throw new IOException(((Changes.Unknown) changes).reason());
    }

    private BlockRuns inDiskBlocks(BlockSet blocks) {
        long rest = disk.size() % disk.blockSize() == 0 ? 0 : 1;
        return new BlockRuns(blocks, disk.blockSize(), disk.size() / disk.blockSize() + rest);
    }

    static BlockRuns in(FileSystem fileSystem, BlockSet blocks) throws IOException {
        return new BlockRuns(
                blocks, fileSystem.info().blockSize(), fileSystem.info().blockCount());
    }
}
