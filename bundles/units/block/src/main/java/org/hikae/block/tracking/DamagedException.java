package org.hikae.block.tracking;

import java.io.IOException;

/** A file that the home keeps of a disk is not what was written; the message names it and goes on as a sentence does. */
public final class DamagedException extends IOException {

    private static final long serialVersionUID = 1;

    public DamagedException(String message) {
        super(message);
    }
}
