package org.hikae.backup;

import java.io.IOException;
import org.hikae.api.job.Reason;

/**
 * It turned out that what changed since the basis cannot be told, or that the basis cannot be read: the backup has to be a
 * full one.
 */
final class BasisLostException extends IOException {

    private static final long serialVersionUID = 1;

    BasisLostException(String reason) {
        super(reason);
    }

    /** A parent that was settled on cannot be read, or not all of it. */
    static BasisLostException unreadable(String parent, IOException cause) {
        BasisLostException lost =
                new BasisLostException("generation " + parent + " cannot be built upon: " + Reason.of(cause));
        lost.initCause(cause);
        return lost;
    }
}
