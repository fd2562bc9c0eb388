package org.hikae.wire;

import java.io.IOException;

/** The other side says something that the protocol does not have. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }
}
