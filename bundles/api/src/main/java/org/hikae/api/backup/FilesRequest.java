package org.hikae.api.backup;

import java.nio.file.Path;

/**
 * A file, or a tree of files, to get out of a generation.
 *
 * @param generation id of the generation
 * @param path of the file or directory in it, as {@link org.hikae.api.fs.FileEntry} has it; {@code /}: all
 * @param group name of the group whose files are meant, as its list stands now, of those at the path; null: all that are there,
 *     in a generation of a group all that are of the group
 * @param target where to
 */
public record FilesRequest(String generation, String path, String group, Target target) {

    /** Where files are put. */
    public sealed interface Target permits ToFolder, ToDisk {}

    /**
     * A file or folder of the platform's machine. It appears when it is whole.
     *
     * @param path absolute; what is got bears this name
     * @param overwrite true: a regular file that exists is replaced once the new one is whole, which must be a file too
     */
    public record ToFolder(Path path, boolean overwrite) implements Target {}

    /**
     * A shared disk with a file system that nodes write, through that file system, while they use it. Each file is replaced once
     * the new one is whole; files that are not in the generation stay.
     *
     * @param disk name of the disk
     * @param path of what is got, absolute; null: where it was
     * @param node name of the node that writes
     */
    public record ToDisk(String disk, String path, String node) implements Target {}
}
