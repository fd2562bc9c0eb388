package org.hikae.files.center.store;

import java.io.IOException;

/** A run is complete here, or was. */
public final class AlreadyHereException extends IOException {

    private static final long serialVersionUID = 1;

    public AlreadyHereException(String message) {
        super(message);
    }

    public AlreadyHereException(String message, Throwable cause) {
        super(message, cause);
    }
}
