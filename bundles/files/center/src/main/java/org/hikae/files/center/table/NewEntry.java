package org.hikae.files.center.table;

import java.time.Instant;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;

/**
 * What a part of a run says of a path, as its own table on the medium says it.
 *
 * @param gone whether it is there no more: then nothing below {@code path} is of any meaning
 * @param frame number of the frame in which it is said; of a file with content that goes on in later frames, in which it begins
 * @param item which of the frame's items it is, from 0 on
 * @param last number of the frame in which it ends
 * @param sha256 of the content; null: there is none
 * @param doubt about the content; null: none
 * @param content where it is
 */
public record NewEntry(
        boolean gone,
        long frame,
        int item,
        long last,
        FileName path,
        FileType type,
        long size,
        Instant modified,
        byte[] sha256,
        String doubt,
        Source content) {

    /** Where content is. */
    public sealed interface Source {}

    /** There is none. */
    public record None() implements Source {}

    /** Behind the file itself. */
    public record Own() implements Source {}

    /** Behind another file of this or an earlier run of the same backup. @param last number of the frame in which it ends */
    public record Other(long number, long frame, int item, long last) implements Source {}

    /** With others, who have what the file refers to. */
    public record Elsewhere() implements Source {}

    public static NewEntry gone(long frame, int item, FileName path) {
        return new NewEntry(true, frame, item, frame, path, FileType.REGULAR, 0, Instant.EPOCH, null, null, new None());
    }
}
