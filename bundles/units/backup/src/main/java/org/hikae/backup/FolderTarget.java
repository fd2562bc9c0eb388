package org.hikae.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileType;
import org.hikae.api.job.Progress;
import org.hikae.api.media.Media;
import org.hikae.io.ExactPaths;
import org.hikae.io.MachineFiles;
import org.hikae.io.UnixFiles;

/** A file or folder of the machine, which appears when all of it is whole. */
record FolderTarget(Path path, boolean overwrite) implements FilesTarget {

    /** @throws IOException if something is there that must not be overwritten, or its folder is missing */
    static FolderTarget of(FilesRequest.ToFolder request, Disks disks, Media media) throws IOException {
        if (!ExactPaths.supported()) {
            throw new IOException("files are written with their attributes on Linux and its like only");
        }
        Path path = request.path().toAbsolutePath();
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            checkReplaceable(path, request.overwrite());
        }
        // It knows shared disks, media, and folders that are missing.
        FileTarget.of(new RestoreRequest.ToFile(path, request.overwrite()), disks, media);
        return new FolderTarget(path, request.overwrite());
    }

    private static void checkReplaceable(Path path, boolean overwrite) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(
                    path + " exists and is no regular file, which alone can be replaced; choose another path");
        } else if (!overwrite) {
            throw new IOException(path + " exists; choose another path, or give --overwrite");
        }
    }

    @Override
    public void check(FileType type) throws IOException {
        if (overwrite && type != FileType.REGULAR && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(path + " exists and is a file; --overwrite is for files that replace files");
        }
    }

    @Override
    public void write(ChosenFiles files, Restored restored, Progress progress) throws IOException {
        try (PartialTree partial = new PartialTree(this)) {
            boolean forced = !UnixFiles.canForceFileSystem();
            FileMaker maker = new FileMaker(files.source(), new MachineFiles(), forced, restored, progress);
            TreeWriter writer = new TreeWriter(partial.path(), maker, restored, progress);
            files.walk(writer);
            writer.finish();
            if (!Files.exists(partial.path(), LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(restored.unrestored().sentence());
            }
            progress.phase("flushing");
            partial.finish();
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
