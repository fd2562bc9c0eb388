package org.hikae.block.tracking;

import java.io.IOException;

/** A file of change tracking is not what was written; the message names it and goes on as a sentence does. */
final class DamagedException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedException(String message) {
        super(message);
    }
}
