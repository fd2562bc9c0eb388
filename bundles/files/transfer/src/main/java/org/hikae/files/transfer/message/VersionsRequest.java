package org.hikae.files.transfer.message;

import java.time.Instant;
import org.hikae.api.fs.FileName;

/**
 * Asks for versions of files. The answer is one {@link VersionsLine} after the other, by path, backup and descending run.
 *
 * @param backup null: of all
 * @param path null: of all
 * @param recursive whether what is in the folder {@code path} is meant too
 * @param at those that were there at this time; null: see {@code all}
 * @param all whether former versions are meant too; else the current ones. Must not be set together with {@code at}
 * @param after {@code next} of the last answer; null: from the beginning
 * @param limit number of versions at most, 1 to {@link #MAX_LIMIT}
 */
public record VersionsRequest(
        String origin,
        String backup,
        FileName path,
        boolean recursive,
        Instant at,
        boolean all,
        String after,
        int limit) {
    public static final int MAX_LIMIT = 10_000;
}
