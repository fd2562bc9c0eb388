package org.hikae.backup;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileEntry;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.fs.FileType;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Progress;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;

/** The order in which files are got out of a generation: open, choose, count, write. */
final class FilesSteps {

    private final Generations generations;
    private final Disks disks;
    private final Groups groups;

    FilesSteps(Generations generations, Disks disks, Groups groups) {
        this.generations = generations;
        this.disks = disks;
        this.groups = groups;
    }

    Map<String, Object> run(FilesRequest request, FilesTarget target, Progress progress) throws IOException {
        try (GenerationReader reader = generations.open(request.generation());
                FileSystem source = reader.openFileSystem(disks)) {
            ChosenFiles files = ChosenFiles.of(request, reader.info(), source, groups);
            target.check(files.start().attributes().type());
            progress.phase("counting");
            progress.total(files.bytes(progress));
            progress.phase("writing");
            Restored restored = new Restored();
            target.write(files, restored, progress);
            return result(request, target, files, restored);
        }
    }

    /** What the regular files have in all, each under every name. */
    static long bytes(FileSystem source, FileEntry start, Progress progress) throws IOException {
        ByteSum sum = new ByteSum(progress);
        source.walk(start, file -> {
            sum.add(file);
            return true;
        });
        return sum.bytes();
    }

    /** Adds up what regular files have. */
    static final class ByteSum {

        private final Progress progress;
        private long bytes;

        ByteSum(Progress progress) {
            this.progress = progress;
        }

        void add(FileEntry file) throws IOException {
            progress.pass();
            long size = file.attributes().type() == FileType.REGULAR
                    ? file.attributes().size()
                    : 0;
            bytes = size > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : bytes + size;
        }

        long bytes() {
            return bytes;
        }
    }

    private static Map<String, Object> result(
            FilesRequest request, FilesTarget target, ChosenFiles files, Restored restored) throws IOException {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("generation", request.generation());
        result.put("path", files.start().path());
        if (request.group() != null) {
            result.put("group", request.group());
        }
        result.put("target", target.toString());
        restored.addTo(result);
        String outdated = files.source().info().outdated();
        if (outdated != null) {
            result.put("outdated", outdated);
        }
        restored.unrestored().addTo(result);
        return result;
    }
}
