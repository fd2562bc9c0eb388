package org.hikae.api.backup;

import java.nio.file.Path;

/**
 * A file, or a tree of files, to get out of a generation.
 *
 * @param generation id of the generation
 * @param path of the file or directory in it, as {@link org.hikae.api.fs.FileEntry} has it; {@code /}: all
 * @param target absolute; what is got bears this name
 * @param overwrite true: a regular file that exists is replaced once the new one is whole, which must be a file too
 */
public record FilesRequest(String generation, String path, Path target, boolean overwrite) {}
