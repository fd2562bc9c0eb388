package org.hikae.fs.shared;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.fs.FileSystemInfo;
import org.hikae.api.fs.FileType;
import org.hikae.api.shared.FormatOptions;
import org.hikae.fs.shared.store.Changes;
import org.hikae.fs.shared.store.Superblock;
import org.hikae.fs.shared.table.Counts;
import org.hikae.fs.shared.table.FreeTable;
import org.hikae.fs.shared.table.Inode;
import org.hikae.fs.shared.table.InodeTable;
import org.hikae.fs.shared.table.Times;

/** What every file system of this format has: its root, where it begins with, and what it says of itself. */
final class Layout {

    /** The format's name. */
    static final String NAME = "shared";

    private static final int ROOT_MODE = 0755;

    private Layout() {}

    /** Fills the empty tables of a new file system: a root directory, and all data blocks free. */
    static void begin(Changes tables, BlockRun data, FormatOptions options, Instant now) throws IOException {
        InodeTable.put(
                tables,
                new Inode(
                        InodeTable.ROOT,
                        FileType.DIRECTORY,
                        ROOT_MODE,
                        options.uid(),
                        options.gid(),
                        0,
                        2,
                        Times.all(now),
                        InodeTable.ROOT,
                        null,
                        0,
                        0));
        new FreeTable(data).give(tables, data);
        new Counts(InodeTable.ROOT + 1, 1, 1).put(tables);
    }

    /** @param stamp as {@link FileSystemInfo#stamp} */
    static FileSystemInfo info(Superblock superblock, String stamp) {
        return new FileSystemInfo(
                NAME,
                superblock.label(),
                superblock.id().toString(),
                superblock.blockSize(),
                superblock.blocks(),
                -1,
                List.of(),
                stamp,
                List.of(),
                null);
    }
}
