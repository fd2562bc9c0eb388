package org.hikae.api.backup;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.hikae.api.disk.InPlaceRequest;
import org.hikae.api.job.Job;
import org.hikae.api.media.MergeRequest;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Backup, restore and verification, as jobs. Thread-safe. What can be told to be wrong beforehand (no such disk,
 * medium, node or generation) is thrown at once; everything else is the job's result.
 */
@ProviderType
public interface Backups {

    /**
     * Backs a disk, or a group of its files, up. The job's result has the new generation's id as {@code generation}; of a group
     * also its name ({@code group}), {@code meta}, and the number of its regular files and of their bytes ({@code members}, {@code
     * memberBytes}).
     *
     * @throws IOException if anything that is named is not there; or the disk is raw, or another's, and a group is meant
     */
    Job backUp(BackupRequest request) throws IOException;

    /**
     * Restores a generation to a file or onto a disk. One of a group is restored as files, never as an image: all its members, to a
     * new folder, or where they were on a disk, as {@link #getFiles} does.
     *
     * @throws IOException also if a group's is to be restored after a mark, or at a limited rate
     */
    Job restore(RestoreRequest request) throws IOException;

    /**
     * Gets a file, or a tree of files with their attributes, out of a generation without mounting it. Damage, and content that
     * cannot be written, fail the job and leave no file in part; on a disk, those that were whole by then stay. Attributes and
     * special files that the target's place does not allow are counted in the job's result, with a {@code warning}, and so are
     * files of a disk in whose place is a directory, and directories in whose place is anything else.
     *
     * @throws IOException also if files are to be put onto a disk whose file system is not one that nodes write
     */
    Job getFiles(FilesRequest request) throws IOException;

    /**
     * Reads and checks every byte of a generation; the job fails if anything is damaged.
     *
     * @param chain whether to do so with all those that it builds upon too; else the job's result names them as {@code
     *     unverifiedParents}
     */
    Job verify(String generation, boolean chain) throws IOException;

    /**
     * Lays a log over an image with nothing but their files ({@link org.hikae.api.media.LogReplay}).
     *
     * @throws IOException if the image is a disk that is known here, or a part of a medium
     */
    Job replay(ReplayRequest request) throws IOException;

    /**
     * Lets a generation take the place of a disk (c.1, R21): it has when this returns. The job brings its blocks back; it can
     * be paused, cancelled, and begun again by the same call. Jobs that were under way go on when the platform starts.
     *
     * @return empty if blocks stay on the medium until they are asked for
     * @throws IOException as {@link org.hikae.api.disk.InPlaceMounts#mount}
     */
    Optional<Job> mountInPlace(InPlaceRequest request) throws IOException;

    /** Makes one generation of several ({@link org.hikae.api.media.Generations#merge}), or moves one. */
    Job merge(MergeRequest request) throws IOException;

    /**
     * Moves a generation and all that it builds upon to another medium, one by one, the oldest first; or as one full
     * generation, of which those that it builds upon become part. What is done when the job ends early stays done.
     */
    Job rebase(RebaseRequest request) throws IOException;

    /** What {@link #retain} would do now: the merges, the oldest first, the removals, and what is kept for which reason. */
    RetentionPlan plan(RetentionRequest request) throws IOException;

    /** Merges the generations of a disk or group that need not be kept into the next newer ones, and removes the others. */
    Job retain(RetentionRequest request) throws IOException;

    /** Proves that a generation can be used: see {@link Drill}. The job fails if it cannot; either is recorded. */
    Job drill(DrillRequest request) throws IOException;

    /** The last drill of each generation that there was one of, by id. */
    Map<String, Drill> drills() throws IOException;

    /** Reads and checks every byte of a generation itself. */
    default Job verify(String generation) throws IOException {
        return verify(generation, false);
    }
}
