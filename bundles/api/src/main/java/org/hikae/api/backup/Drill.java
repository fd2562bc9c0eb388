package org.hikae.api.backup;

import java.time.Instant;

/**
 * A proof that a generation can be used: it was mounted in a scratch place, its file system checked, every file read, and
 * all compared with what the manifest says and with what an earlier drill has found.
 *
 * @param generation id of the generation
 * @param instant when it ended
 * @param problem what is wrong, in a sentence; null: it can be used
 * @param checker what has checked the file system, such as {@code e2fsck 1.47.0}; null: it has none, or that of a group's files
 *     alone ({@link org.hikae.api.group.Meta#GROUP})
 * @param files number of files that were read; of a group's generation, those that are in the group
 * @param bytes bytes that were read: of files; of a generation without a file system, of the disk
 * @param digest SHA-256 over names, attributes and contents, or over the disk, in hexadecimal digits: the same for each
 *     drill, whatever the generation was merged with; null if not all could be read
 */
public record Drill(
        String generation, Instant instant, String problem, String checker, long files, long bytes, String digest) {}
