package org.hikae.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.Drill;
import org.hikae.api.backup.DrillRequest;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.group.Groups;
import org.hikae.api.group.Meta;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationGroup;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.Generations;

/**
 * The order of a drill: open, compare with the manifest, check the file system, read all, compare with earlier drills, record.
 * What is wrong with the generation is recorded, and fails the job; what kept the drill from being made fails the job alone.
 */
final class DrillSteps {

    private final Generations generations;
    private final Disks disks;
    private final Groups groups;
    private final FileSystemCheck check;
    private final DrillRecords records;
    private final Clock clock;

    DrillSteps(
            Generations generations,
            Disks disks,
            Groups groups,
            FileSystemCheck check,
            DrillRecords records,
            Clock clock) {
        this.generations = generations;
        this.disks = disks;
        this.groups = groups;
        this.check = check;
        this.records = records;
        this.clock = clock;
    }

    /** What a drill finds, by and by. */
    private static final class Found {
        final List<String> problems = new ArrayList<>();
        final Map<String, Object> result = new LinkedHashMap<>();
        String checker;
        /** Whether files were read, and not the disk. */
        boolean ofFiles;

        long files;
        long bytes;
        String digest;
    }

    Map<String, Object> run(DrillRequest request, Progress shown) throws IOException {
        Progress progress = new Continued(shown);
        Found found = new Found();
        try (GenerationReader reader = open(request.generation(), found)) {
            if (reader != null) {
                compareWithManifest(reader, found);
                look(reader, request.scratch(), found, progress);
            }
        }
        progress.phase("recording");
        String changed = records.difference(request.generation(), found.digest);
        if (changed != null) {
            found.problems.add(changed);
        }
        record(request.generation(), found);
        return found.result;
    }

    private GenerationReader open(String generation, Found found) {
        try {
            return generations.open(generation);
        } catch (IOException e) {
            found.problems.add("it cannot be opened: " + Reason.of(e));
            return null;
        }
    }

    private static void compareWithManifest(GenerationReader reader, Found found) {
        try {
            long blocks = reader.set().count();
            if (reader.size() != reader.info().size() || blocks != reader.info().blocks()) {
                found.problems.add("it has " + reader.size() + " bytes and " + blocks
                        + " blocks that it answers for, but its manifest says "
                        + reader.info().size() + " and " + reader.info().blocks());
            }
        } catch (IOException e) {
            found.problems.add("it cannot be told what it answers for: " + Reason.of(e));
        }
    }

    private void look(GenerationReader reader, Path scratch, Found found, Progress progress) throws IOException {
        GenerationGroup group = reader.info().group();
        String format = reader.info().format();
        if (group == null && (format == null || format.equals(Disk.RAW))) {
            readDisk(reader, found, progress);
            return;
        }
        if (group == null || group.meta() == Meta.ALL) {
            FileSystemCheck.Checked checked = check.check(reader, scratch, progress);
            found.checker = checked.checker();
            if (checked.problem() != null) {
                found.problems.add(checked.problem());
            }
        }
        readFiles(reader, found, progress);
    }

    private static void readDisk(GenerationReader reader, Found found, Progress progress) {
        progress.phase("reading the disk");
        progress.total(reader.size());
        try {
            found.digest = Digests.of(reader, progress);
            found.bytes = reader.size();
        } catch (IOException e) {
            found.problems.add("it cannot be read whole: " + Reason.of(e));
        }
    }

    private void readFiles(GenerationReader reader, Found found, Progress progress) {
        progress.phase("reading files");
        found.ofFiles = true;
        try (DrilledFiles files = new DrilledFiles(reader, disks, groups)) {
            progress.total(files.bytes(progress));
            TreeDigest digest = new TreeDigest(files.source(), progress);
            try {
                files.walk(digest);
            } finally {
                found.files = digest.files();
                found.bytes = digest.bytes();
            }
            found.digest = digest.finish();
            String outdated = files.source().info().outdated();
            if (outdated != null) {
                found.result.put("outdated", outdated);
            }
        } catch (IOException e) {
            found.problems.add("its files cannot be read: " + Reason.of(e));
        }
    }

    /** @throws IOException if there are problems, which are recorded then, or this cannot be recorded */
    private void record(String generation, Found found) throws IOException {
        String problem = found.problems.isEmpty() ? null : String.join("; ", found.problems);
        records.put(
                new Drill(generation, clock.instant(), problem, found.checker, found.files, found.bytes, found.digest));
        if (problem != null) {
            throw new IOException("generation " + generation + " cannot be relied upon: " + problem);
        }
        found.result.put("generation", generation);
        if (found.checker != null) {
            found.result.put("checker", found.checker);
        }
        if (found.ofFiles) {
            found.result.put("files", found.files);
        }
        found.result.put("readBytes", found.bytes);
        found.result.put("digest", found.digest);
    }
}
