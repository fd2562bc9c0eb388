package org.hikae.files.client.restore;

import java.util.HexFormat;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.fs.FileName;
import org.hikae.files.transfer.run.ContentHash;
import org.hikae.files.transfer.run.RunItem;

/**
 * A version that is to be given back.
 *
 * @param version what is to come: its path is the place
 * @param as whose attributes it gets: those of a later run, which has the same content; null: its own
 */
record Wanted(StoredVersion version, RunItem.FileItem as) {

    /** Where it goes. */
    FileName path() {
        return as == null ? version.path() : as.path();
    }

    /** Whether it is known beforehand what the content is. */
    boolean hasHash() {
        return version.sha256() != null && version.sha256().length() == 2 * ContentHash.LENGTH;
    }

    /** Whether the content is what was said of it beforehand. */
    boolean isContent(byte[] sha256) {
        return version.sha256() == null
                || version.sha256().equals(HexFormat.of().formatHex(sha256));
    }
}
