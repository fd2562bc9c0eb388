package org.hikae.files.center.store;

import java.io.IOException;

/** A file refers to content that is not here (R22): the client has to make a full run. */
public final class MissingReferenceException extends IOException {

    private static final long serialVersionUID = 1;

    public MissingReferenceException(String message) {
        super(message);
    }

    public MissingReferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
