package org.hikae.api.backup;

import java.nio.file.Path;

/**
 * A restore to make.
 *
 * @param generation id of the generation
 * @param target where to
 * @param afterMark name of a mark of the generation's disk: only what generations made after it hold is written, and all else
 *     in the target, which must be there, is left as it is (a.11); null: all
 * @param bytesPerSecond limit of the writing rate in bytes per second; 0: none
 */
public record RestoreRequest(String generation, Target target, String afterMark, long bytesPerSecond) {

    /** All of a generation. */
    public RestoreRequest(String generation, Target target, long bytesPerSecond) {
        this(generation, target, null, bytesPerSecond);
    }

    /** Where a generation is restored to. */
    public sealed interface Target permits ToFile, ToDisk {}

    /**
     * A file, made sparse.
     *
     * @param path absolute
     * @param overwrite true: a file that exists is replaced once the restore is whole; a block device is written to, and so is
     *     a file that gets only what came after a mark: a restore that ends early leaves a part in them
     */
    public record ToFile(Path path, boolean overwrite) implements Target {}

    /**
     * A shared disk, through the door.
     *
     * @param disk name of a disk at least as large as the generation
     * @param node name of the node that writes
     */
    public record ToDisk(String disk, String node) implements Target {}
}
