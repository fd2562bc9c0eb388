package org.hikae.files.transfer.message;

import java.util.Map;
import org.hikae.api.files.Reach;
import org.hikae.api.files.StoredVersion;

/** A line of the answer to a {@link VersionsRequest}. */
public sealed interface VersionsLine {
    /** One of the versions. */
    record Version(StoredVersion version) implements VersionsLine {}

    /**
     * The last line: without it the answer is cut off.
     *
     * @param next to be asked for as {@code after}; null: that was all
     * @param reach of the state at one time: by backup, how far that reaches; null: it is not said
     */
    record Last(String next, Map<String, Reach> reach) implements VersionsLine {
        /** Backups that one client can have at most. */
        public static final int MAX_BACKUPS = 10_000;

        public Last {
            reach = reach == null ? null : Map.copyOf(reach);
        }

        public Last(String next) {
            this(next, null);
        }
    }
}
