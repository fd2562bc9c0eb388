package org.hikae.api.files;

import java.time.Instant;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;

/**
 * A version of a file that is stored, in a center, a relay or the client's own buffer (e.5, e.7).
 *
 * @param run with which it came
 * @param path absolute, of the client
 * @param until number of the first run of the same origin and backup in which the file was another one or gone; 0: it is as it was
 * @param taken when it was copied, by the client's clock
 * @param type what it is
 * @param size bytes
 * @param modified time of the last change of the content
 * @param sha256 of the content, 32 bytes in hexadecimal; null of what has none
 * @param medium where it lies; null: in the buffer of the client itself
 * @param doubt why it may not be what was on disk at one instant, in a sentence; null: no doubt
 */
public record StoredVersion(
        RunId run,
        FileName path,
        long until,
        Instant taken,
        FileType type,
        long size,
        Instant modified,
        String sha256,
        String medium,
        String doubt) {

    /** The same, replaced or gone from that run on. */
    public StoredVersion endedBy(long number) {
        return new StoredVersion(run, path, number, taken, type, size, modified, sha256, medium, doubt);
    }
}
