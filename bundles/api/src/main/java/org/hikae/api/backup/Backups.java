package org.hikae.api.backup;

import java.io.IOException;
import org.hikae.api.job.Job;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Backup, restore and verification, as jobs. Thread-safe. What can be told to be wrong beforehand (no such disk,
 * medium, node or generation) is thrown at once; everything else is the job's result.
 */
@ProviderType
public interface Backups {

    /** Backs a disk up. The job's result has the new generation's id as {@code generation}. */
    Job backUp(BackupRequest request) throws IOException;

    /** Restores a generation to a file or onto a disk. */
    Job restore(RestoreRequest request) throws IOException;

    /**
     * Gets a file, or a tree of files with their attributes, out of a generation without mounting it. The target appears
     * when it is whole. Damage, and content that cannot be written, fail the job and leave nothing. Attributes and special
     * files that the target's place does not allow are counted in the job's result, with a {@code warning}.
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

    /** Reads and checks every byte of a generation itself. */
    default Job verify(String generation) throws IOException {
        return verify(generation, false);
    }
}
