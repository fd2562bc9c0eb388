package org.hikae.nbd.protocol;

import java.io.IOException;

/** The client says what it must not, and no answer is possible: the connection is dropped. */
public final class ProtocolException extends IOException {

    private static final long serialVersionUID = 1;

    public ProtocolException(String message) {
        super(message);
    }
}
