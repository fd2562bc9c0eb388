package org.hikae.launcher;

/** The command line is not one that the launcher has; the message says which would be. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
