package org.hikae.files.transfer.message;

import java.io.IOException;

/** A message that cannot be understood, or goes beyond a limit. */
public final class MessageException extends IOException {
    private static final long serialVersionUID = 1;

    public MessageException(String message) {
        super(message);
    }

    MessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
