package org.hikae.files.center.store;

import java.io.IOException;

/** A frame that was received is not one that can come here. */
public final class RefusedFrameException extends IOException {

    private static final long serialVersionUID = 1;

    public RefusedFrameException(String message) {
        super(message);
    }

    public RefusedFrameException(String message, Throwable cause) {
        super(message, cause);
    }
}
