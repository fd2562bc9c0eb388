package org.hikae.media.format;

import java.io.IOException;

/** Bytes were read from a medium, and they are not what was written there (I9). */
public final class DamagedException extends IOException {

    private static final long serialVersionUID = 1;

    public DamagedException(String message) {
        super(message);
    }

    public DamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
