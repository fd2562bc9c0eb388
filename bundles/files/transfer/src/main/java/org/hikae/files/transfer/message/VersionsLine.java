package org.hikae.files.transfer.message;

import org.hikae.api.files.StoredVersion;

/** A line of the answer to a {@link VersionsRequest}. */
public sealed interface VersionsLine {
    /** One of the versions. */
    record Version(StoredVersion version) implements VersionsLine {}

    /**
     * The last line: without it the answer is cut off.
     *
     * @param next to be asked for as {@code after}; null: that was all
     */
    record Last(String next) implements VersionsLine {}
}
