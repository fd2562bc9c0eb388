package org.hikae.fsext.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockRun;
import org.hikae.api.fs.FileSystemRefusedException;
import org.hikae.fsext.group.GroupTable;
import org.hikae.fsext.inode.Inode;
import org.hikae.fsext.inode.InodeTable;
import org.hikae.fsext.map.BlockMap;
import org.hikae.fsext.volume.Features;
import org.hikae.fsext.volume.Superblock;
import org.hikae.fsext.volume.Volume;

/**
 * A device with its journal laid over.
 *
 * @param device what to read from
 * @param blocks number of blocks that come from the journal
 * @param transactions number of transactions that they come from
 * @param broken whether the log ends with a damaged commit, so that it and what may follow it do not count
 * @param fastCommits number of fast commits, whose changes of files are not laid over
 * @param ranges blocks that files got in fast commits
 * @param content where content of files lies, if not in its place
 */
public record Replay(
        BlockDevice device,
        int blocks,
        int transactions,
        boolean broken,
        int fastCommits,
        List<BlockRun> ranges,
        Journaled content) {

    /** Journals that need more of the memory than this part of it are refused. */
    private static final int PART_OF_MEMORY = 4;

    /** Checks the journal, if there is one, and lays it over if the file system was not left in order. */
    public static Replay of(Volume volume) throws IOException {
        Superblock superblock = volume.superblock();
        if (superblock.features().compatible(Features.HAS_JOURNAL)) {
            return replay(volume);
        } else if (superblock.needsRecovery()) {
            throw new FileSystemRefusedException("superblock", -1, "its journal is to be replayed, but it has none");
        }
        return asItIs(volume);
    }

    private static Replay asItIs(Volume volume) {
        return new Replay(volume.device(), 0, 0, false, 0, List.of(), Journaled.NONE);
    }

    private static Replay replay(Volume volume) throws IOException {
        long number = volume.superblock().journalInode();
        Inode inode = new InodeTable(volume, new GroupTable(volume)).get(number);
        if (!inode.isRegular() || !inode.hasMap()) {
            throw new FileSystemRefusedException("journal, inode " + number, inode.block(), "it is no regular file");
        }
        JournalFile file = new JournalFile(volume, new BlockMap(volume), inode);
        ByteBuffer first =
                ByteBuffer.allocate(volume.blocks().size()).put(file.read(0)).flip();
        JournalSuperblock superblock = new JournalSuperblock(first, number, file.place(0), file.blocks());
        return volume.superblock().needsRecovery() ? replay(volume, file, superblock) : asItIs(volume);
    }

    private static Replay replay(Volume volume, JournalFile file, JournalSuperblock superblock) throws IOException {
        Redirections redirections = new Redirections(Runtime.getRuntime().maxMemory() / PART_OF_MEMORY);
        long blockCount = volume.blocks().count();
        Log log = new Log(file, superblock, redirections, blockCount);
        log.read();
        FastCommits fast = new FastCommits(file, superblock, log.nextSequence(), blockCount);
        List<BlockRun> ranges = superblock.hasFastCommits() ? fast.read() : List.of();
        for (BlockRun run : ranges) {
            volume.blocks().check(run.first(), run.count(), "fast commit in the " + file.name());
        }
        int blocks = redirections.places().size();
        BlockDevice device = blocks == 0
                ? volume.device()
                : new Overlay(volume.device(), volume.blocks().size(), redirections.places());
        return new Replay(
                device,
                blocks,
                log.committed(),
                log.broken(),
                fast.commits(),
                ranges,
                new Journaled(redirections.places()));
    }
}
