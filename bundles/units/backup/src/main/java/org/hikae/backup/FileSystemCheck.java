package org.hikae.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hikae.api.copy.CopyManager;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.shared.CheckReport;

/** Has the file system of a generation checked by whoever knows it best. */
final class FileSystemCheck {

    private static final int NAMED = 10;

    private final Disks disks;
    private final CopyCheck copyCheck;
    private final List<Path> programs;

    /** @param programs folders in which e2fsck is looked for */
    FileSystemCheck(Disks disks, CopyManager copyManager, ScratchFolder scratchFolder, List<Path> programs) {
        this.disks = disks;
        this.copyCheck = new CopyCheck(disks, copyManager, scratchFolder);
        this.programs = programs;
    }

    /**
     * What was found.
     *
     * @param checker who has checked
     * @param problem what is wrong; null: nothing
     */
    record Checked(String checker, String problem) {}

    /**
     * Checks it.
     *
     * @param scratch folder for what the check writes; null: in the home
     * @throws IOException if it cannot be checked, which says nothing of the generation
     */
    Checked check(GenerationReader reader, Path scratch, Progress progress) throws IOException {
        progress.phase("checking the file system");
        Optional<E2fsck> e2fsck = reader.info().format().startsWith("ext") ? E2fsck.find(programs) : Optional.empty();
        if (e2fsck.isPresent()) {
            String version = e2fsck.get().version(progress);
            return new Checked(version, copyCheck.check(e2fsck.get(), reader, scratch, progress));
        }
        Optional<Disk> disk = disk(reader.info());
        if (disk.isPresent() && disks.sharedFormats().contains(reader.info().format())) {
            return new Checked("own check", problem(disk.get(), reader));
        }
        return new Checked("own reader", look(reader));
    }

    /** Its disk, if there still is one that is as it was. */
    private Optional<Disk> disk(GenerationInfo generation) {
        try {
            Disk disk = disks.get(generation.disk());
            boolean same =
                    disk.id().equals(generation.diskId()) && disk.format().equals(generation.format());
            return same ? Optional.of(disk) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String problem(Disk disk, GenerationReader reader) {
        try {
            CheckReport report = disk.check(reader);
            List<String> findings = report.findings();
            long more = report.more() + Math.max(0, findings.size() - NAMED);
            return report.clean()
                    ? null
                    : String.join("; ", findings.subList(0, Math.min(NAMED, findings.size())))
                            + (more > 0 ? "; and " + more + " more" : "");
        } catch (IOException e) {
            return Reason.of(e);
        }
    }

    /** What accounts for all blocks looks through all that the file system says of itself. */
    private String look(GenerationReader reader) {
        try (FileSystem fileSystem = disks.openFileSystem(reader.info().format(), reader)) {
            return fileSystem.metadata().minus(fileSystem.used()).isEmpty()
                    ? null
                    : "blocks of the file system itself count as free";
        } catch (IOException e) {
            return "its file system cannot be read: " + Reason.of(e);
        }
    }
}
