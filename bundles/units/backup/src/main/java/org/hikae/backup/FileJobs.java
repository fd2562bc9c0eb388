package org.hikae.backup;

import java.io.IOException;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.disk.Disks;
import org.hikae.api.group.Groups;
import org.hikae.api.job.Job;
import org.hikae.api.job.Jobs;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.media.Media;
import org.hikae.api.node.Nodes;

/** Starts the jobs that restore files. */
final class FileJobs {

    private final Units units;

    FileJobs(Units units) {
        this.units = units;
    }

    /** What restores of files need. */
    record Units(Jobs jobs, Generations generations, Disks disks, Nodes nodes, Media media, Groups groups) {}

    /** @throws IOException as {@link org.hikae.api.backup.Backups#getFiles} */
    Job get(FilesRequest request) throws IOException {
        units.generations.get(request.generation());
        return start("get", request);
    }

    /**
     * Restores all files of a group's generation: it has no other blocks, so that a disk made of it would be a wrong one.
     *
     * @throws IOException if the request is for whole disks alone, or as {@link #get}
     */
    Job restore(RestoreRequest request, GenerationInfo generation) throws IOException {
        if (request.afterMark() != null || request.bytesPerSecond() != 0) {
            throw new IOException(generation.id() + " has the files of group '" + generation.groupName()
                    + "' alone: they are restored all, as fast as can be; give no mark, and no limit");
        }
        return start("restore", new FilesRequest(request.generation(), "/", null, target(request.target())));
    }

    private static FilesRequest.Target target(RestoreRequest.Target target) {
        if (target instanceof RestoreRequest.ToFile file) {
            return new FilesRequest.ToFolder(file.path(), file.overwrite());
        }
        RestoreRequest.ToDisk disk = (RestoreRequest.ToDisk) target;
        return new FilesRequest.ToDisk(disk.disk(), null, disk.node());
    }

    private Job start(String kind, FilesRequest request) throws IOException {
        if (request.group() != null) {
            units.groups.get(request.group());
        }
        FilesTarget target = target(request.target());
        String what = request.path() + (request.group() == null ? "" : " of group " + request.group());
        return units.jobs.start(kind, request.generation() + " " + what + " to " + target, progress -> new FilesSteps(
                        units.generations, units.disks, units.groups)
                .run(request, target, progress));
    }

    private FilesTarget target(FilesRequest.Target target) throws IOException {
        if (target instanceof FilesRequest.ToFolder folder) {
            return FolderTarget.of(folder, units.disks, units.media);
        }
        return SharedTarget.of((FilesRequest.ToDisk) target, units.disks, units.nodes);
    }
}
