package org.hikae.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileType;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;
import org.hikae.io.UnixFiles;

/** The order in which files are got out of a generation: open, count, write, give the name. */
final class FilesSteps {

    private final Generations generations;
    private final Disks disks;

    FilesSteps(Generations generations, Disks disks) {
        this.generations = generations;
        this.disks = disks;
    }

    Map<String, Object> run(FilesRequest request, FilesTarget target, Progress progress) throws IOException {
        try (GenerationReader reader = generations.open(request.generation());
                FileSystem source = disks.openFileSystem(reader.info().format(), reader)) {
            FileEntry start = source.find(request.path())
                    .orElseThrow(() -> new IOException("there is no file " + request.path() + " in "
                            + request.generation() + "; see 'generation files " + request.generation() + "'"));
            target.check(start.attributes().type());
            progress.phase("counting");
            progress.total(bytes(source, start, progress));
            return write(request, target, source, start, progress);
        }
    }

    /** What the regular files have in all, each under every name. */
    static long bytes(FileSystem source, FileEntry start, Progress progress) throws IOException {
        long[] sum = {0};
        source.walk(start, file -> {
            progress.pass();
            long size = file.attributes().type() == FileType.REGULAR
                    ? file.attributes().size()
                    : 0;
            sum[0] = size > Long.MAX_VALUE - sum[0] ? Long.MAX_VALUE : sum[0] + size;
            return true;
        });
        return sum[0];
    }

    private static Map<String, Object> write(
            FilesRequest request, FilesTarget target, FileSystem source, FileEntry start, Progress progress)
            throws IOException {
        Unrestored unrestored = new Unrestored();
        try (PartialTree partial = new PartialTree(target)) {
            progress.phase("writing");
            boolean forced = !UnixFiles.canForceFileSystem();
            TreeWriter writer = new TreeWriter(source, partial.path(), forced, unrestored, progress);
            source.walk(start, writer);
            writer.finish();
            if (!Files.exists(partial.path(), LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(unrestored.sentence());
            }
            progress.phase("flushing");
            partial.finish();
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("generation", request.generation());
            result.put("path", start.path());
            result.put("target", target.toString());
            result.put("files", writer.count(FileType.REGULAR));
            result.put("directories", writer.count(FileType.DIRECTORY));
            result.put("symlinks", writer.count(FileType.SYMLINK));
            result.put("writtenBytes", writer.writtenBytes());
            if (source.info().outdated() != null) {
                result.put("outdated", source.info().outdated());
            }
            unrestored.addTo(result);
            return result;
        }
    }
}
