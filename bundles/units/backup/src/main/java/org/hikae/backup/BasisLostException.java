package org.hikae.backup;

import java.io.IOException;

/** At T0 it turned out that what changed since the basis cannot be told: the backup has to be a full one. */
final class BasisLostException extends IOException {

    private static final long serialVersionUID = 1;

    BasisLostException(String reason) {
        super(reason);
    }
}
