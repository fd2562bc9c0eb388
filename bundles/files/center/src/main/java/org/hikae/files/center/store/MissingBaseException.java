package org.hikae.files.center.store;

import java.io.IOException;

/** What a run builds upon is not here: the client has to make a full run. */
public final class MissingBaseException extends IOException {

    private static final long serialVersionUID = 1;

    public MissingBaseException(String message) {
        super(message);
    }

    public MissingBaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
