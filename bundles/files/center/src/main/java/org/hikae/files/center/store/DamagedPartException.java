package org.hikae.files.center.store;

import java.io.IOException;

/** An object is no part, or is damaged. */
final class DamagedPartException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedPartException(String message) {
        super(message);
    }

    DamagedPartException(String message, Throwable cause) {
        super(message, cause);
    }
}
