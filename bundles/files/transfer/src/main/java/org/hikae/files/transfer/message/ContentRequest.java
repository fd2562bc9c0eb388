package org.hikae.files.transfer.message;

import java.util.List;

/**
 * Asks for versions of files with their content. The answer is a run with its frames: a start, in this order each file
 * with its content, or void if that is damaged, and an end. What the run says of backup, number and base has no meaning.
 *
 * @param versions 1 to {@link #MAX_VERSIONS}
 * @param skipFiles how many of them, the first ones, to leave out: they have come before
 */
public record ContentRequest(String origin, List<VersionKey> versions, int skipFiles) {
    public static final int MAX_VERSIONS = 10_000;

    public ContentRequest {
        versions = List.copyOf(versions);
    }
}
