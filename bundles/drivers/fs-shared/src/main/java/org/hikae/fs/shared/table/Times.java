package org.hikae.fs.shared.table;

import java.time.Instant;

/**
 * The times of a file, to the nanosecond.
 *
 * @param accessed of the last access, as far as somebody told
 * @param modified of the last change of the content
 * @param changed of the last change of content or attributes
 * @param created when it was made
 */
public record Times(Instant accessed, Instant modified, Instant changed, Instant created) {

    /** Of a file that is made now. */
    public static Times all(Instant now) {
        return new Times(now, now, now, now);
    }

    public Times modified(Instant when) {
        return new Times(accessed, when, when, created);
    }

    public Times changed(Instant when) {
        return new Times(accessed, modified, when, created);
    }
}
