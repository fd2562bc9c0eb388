package org.hikae.files.client.known;

import java.time.Instant;
import org.hikae.api.fs.FileType;
import org.hikae.files.client.select.Facts;

/**
 * A file as the last run saw it.
 *
 * @param path absolute, not to be changed
 * @param run number of the run in which it was sent last, with content or attributes
 * @param attributes digest of what is sent of it beside the content
 * @param sha256 of the content, as it is sent; null of what has none
 * @param unsure whether it must be looked into again even if it looks the same: its content is in doubt, or it could have changed
 *     without that being seen, at the same instant by the clock of its file system
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record KnownFile(
        byte[] path,
        FileType type,
        long inode,
        long size,
        Instant modified,
        Instant changed,
        long run,
        long attributes,
        byte[] sha256,
        boolean unsure) {

    /** Whether it looks as it did. */
    public boolean looksLike(Facts facts) {
        return !unsure
                && type == facts.type()
                && inode == facts.inode()
                && size == facts.size()
                && modified.equals(facts.modified())
                && changed.equals(facts.changed());
    }
}
