package org.hikae.shell.call;

import java.io.IOException;

/** A command was given in a wrong way, as only the command itself could tell; leads to exit code 2. */
public final class UsageException extends IOException {

    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
