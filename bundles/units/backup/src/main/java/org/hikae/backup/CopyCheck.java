package org.hikae.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.copy.CopyManager;
import org.hikae.api.copy.RestoreCopy;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileExtent;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationReader;

/**
 * Has a generation checked by e2fsck in a sparse copy, first of the file system's own blocks alone. Of the blocks that such a
 * copy lacks, the program asks for none, since it reads no file's content; if our reader had forgotten one, it would find zeros
 * there, which no structure consists of. One exception is the log of the journal, where zeros are the end: that all of it is
 * copied is looked up. So what passes then is sound. What does not is checked once more in a copy of all blocks that the
 * generation has, whose verdict counts: it has nothing to do with our reader. Of a group's generation (b.6) these are not all of
 * the disk's; what is missing is content of other files.
 */
final class CopyCheck {

    private static final long JOURNAL = 8;

    private final Disks disks;
    private final CopyManager copyManager;
    private final ScratchFolder scratchFolder;

    CopyCheck(Disks disks, CopyManager copyManager, ScratchFolder scratchFolder) {
        this.disks = disks;
        this.copyManager = copyManager;
        this.scratchFolder = scratchFolder;
    }

    /**
     * Checks it.
     *
     * @param folder of the copy; null: in the home
     * @return what is wrong; null: nothing
     * @throws IOException if it cannot be checked, which says nothing of the generation
     */
    String check(E2fsck e2fsck, GenerationReader reader, Path folder, Progress progress) throws IOException {
        BlockSet metadata = metadata(reader);
        Copy copy = new Copy(e2fsck, reader, folder, progress);
        if (metadata != null && check(copy, metadata, "copying the file system's own blocks to ") == null) {
            return null;
        }
        return check(copy, reader.info().group() == null ? null : reader.set(), "copying to ");
    }

    /**
     * The file system's own blocks, in those of the generation; null if it cannot be told, or what a mount does first would
     * change which they are.
     */
    private BlockSet metadata(GenerationReader reader) {
        try (FileSystem fileSystem = disks.openFileSystem(reader.info().format(), reader)) {
            BlockSet metadata = fileSystem.metadata();
            boolean whole = fileSystem.info().outdated() == null && hasJournal(fileSystem, metadata);
            return whole ? inBlocksOf(reader, metadata, fileSystem.info().blockSize()) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Whether the set has all of the journal, if there is one. */
    private static boolean hasJournal(FileSystem fileSystem, BlockSet metadata) throws IOException {
        long next = 0;
        List<FileExtent> extents = fileSystem.extents(JOURNAL, next);
        while (!extents.isEmpty()) {
            for (FileExtent extent : extents) {
                if (extent.end() <= next || !metadata.containsAll(new BlockRun(extent.physical(), extent.count()))) {
                    return false;
                }
                next = extent.end();
            }
            extents = fileSystem.extents(JOURNAL, next);
        }
        return true;
    }

    private static BlockSet inBlocksOf(GenerationReader reader, BlockSet blocks, int blockSize) {
        BlockSet.Builder covering = new BlockSet.Builder();
        for (BlockRun run : blocks) {
            covering.add(BlockRun.covering(run.first() * blockSize, run.count() * blockSize, reader.blockSize()));
        }
        return covering.build().intersect(BlockSet.range(0, reader.blockCount()));
    }

    /** All that is the same whatever is copied. */
    private record Copy(E2fsck e2fsck, GenerationReader reader, Path folder, Progress progress) {}

    /** @param wanted null: all blocks */
    private String check(Copy copy, BlockSet wanted, String phase) throws IOException {
        GenerationReader reader = copy.reader;
        Progress progress = copy.progress;
        long most = wanted == null ? reader.size() : wanted.count() * reader.blockSize();
        long bytes;
        try {
            bytes = Math.min(most, dataBytes(reader, progress));
        } catch (IOException e) {
            return Reason.of(e);
        }
        try (Scratch scratch = scratchFolder.create(copy.folder, reader.info(), bytes)) {
            progress.phase(phase + scratch.path());
            progress.total(Math.min(most, reader.size()));
            try {
                copyManager.restore(new RestoreCopy(reader, wanted, scratch.device(), true, 0), progress);
            } catch (IOException e) {
                scratch.checkWritten();
                return "it cannot be read whole: " + Reason.of(e);
            }
            progress.phase("checking the file system with e2fsck");
            String problem = copy.e2fsck.check(scratch.path(), progress);
            if (problem != null && !scratch.hasRoom()) {
                throw new IOException("there was no room left for e2fsck beside " + scratch.path()
                        + "; make room, or choose another folder with --scratch");
            }
            return problem;
        }
    }

    /** How much of it is no hole. */
    private static long dataBytes(GenerationReader reader, Progress progress) throws IOException {
        long bytes = 0;
        long size = reader.size();
        for (long at = reader.nextData(0); at < size; ) {
            progress.pass();
            long hole = reader.nextHole(at);
            bytes += hole - at;
            at = hole < size ? reader.nextData(hole) : size;
        }
        return bytes;
    }
}
