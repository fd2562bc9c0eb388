package org.hikae.backup;

import java.io.IOException;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileSystemInfo;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.log.LogSession;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationWriter;

/** All that is used of a disk (a.8), and what lies after its file system. */
final class WholeDisk implements Scope {

    private final Disk disk;
    private final Progress progress;
    /** Why all blocks are taken and not only the used ones; null if it is not so. */
    private String allBecause;

    WholeDisk(Disk disk, Progress progress) {
        this.disk = disk;
        this.progress = progress;
    }

    @Override
    public GenerationGroup group() {
        return null;
    }

    /** A disk whose file system cannot be read is backed up whole: that is right, whatever is on it. */
    @Override
    public BlockSet set(BlockDevice view, LogSession session, GenerationWriter writer) throws IOException {
        if (view == null) {
            return Selection.all(disk);
        }
        progress.phase("reading the file system");
        try (view;
                FileSystem fileSystem = disk.openFileSystem(view)) {
            FileSystemInfo info = fileSystem.info();
            long end = Math.multiplyExact(info.blockCount(), (long) info.blockSize());
            return Selection.inBlocksOf(disk, fileSystem.used(), info.blockSize())
                    .union(Selection.from(disk, end));
        } catch (IOException e) {
            progress.check();
            session.check();
            allBecause = "all blocks were taken, since the file system cannot be read: " + Reason.of(e);
            return Selection.all(disk);
        }
    }

    @Override
    public void addTo(BackupResult result) {
        result.with("allBecause", allBecause);
    }
}
