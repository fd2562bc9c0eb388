package org.hikae.files.center.common;

import java.io.IOException;

/** What a form of an object says of itself is damaged, or bytes are that lie elsewhere, or gone. */
public final class DamagedFormException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedFormException(String message) {
        super(message);
    }
}
