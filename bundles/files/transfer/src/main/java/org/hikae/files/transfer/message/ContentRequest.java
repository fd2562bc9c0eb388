package org.hikae.files.transfer.message;

import java.util.List;

/**
 * Asks for versions of files with their content. The answer is a run with its frames: a start, in this order each file
 * with its content, or void if that is damaged, and an end. What the run says of backup, number and base has no meaning.
 *
 * @param versions 1 to {@link #MAX_VERSIONS}
 * @param skipFiles how many of them, the first ones, to leave out: they have come before
 * @param begun what has come before of the content of the next one; null: nothing
 */
public record ContentRequest(String origin, List<VersionKey> versions, int skipFiles, Begun begun) {
    public static final int MAX_VERSIONS = 10_000;

    /**
     * A content of which a part is there. Pieces of it that end at or before the position need not come; who asks leaves out what comes all
     * the same.
     *
     * @param bytes from the beginning on, holes too; more than 0
     * @param sha256 of the whole content, 64 hexadecimal digits: a version of another content is refused as one that is missing
     */
    public record Begun(long bytes, String sha256) {
        private static final String HASH = "[0-9a-f]{64}";

        /** @throws IllegalArgumentException if it makes no sense */
        public Begun {
            if (bytes <= 0 || !sha256.matches(HASH)) {
                throw new IllegalArgumentException("a content of which " + bytes + " bytes are there");
            }
        }
    }

    public ContentRequest {
        versions = List.copyOf(versions);
    }

    public ContentRequest(String origin, List<VersionKey> versions, int skipFiles) {
        this(origin, versions, skipFiles, null);
    }
}
