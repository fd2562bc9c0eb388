package org.hikae.shell.call;

/**
 * A command that failed, as shells are told: they print the message, and stop a script. It has no stack trace of its
 * own, since people made the mistake, or it is the cause's that matters.
 */
public final class CommandFailed extends Exception {

    private static final long serialVersionUID = 1;

    /** Exit code of a command that could not do what it was asked. */
    public static final int FAILURE = 1;
    /** Exit code of a command that was given in a wrong way. */
    public static final int USAGE = 2;

    private final int exitCode;

    public CommandFailed(int exitCode, String message, Throwable cause) {
        super(message, cause, false, false);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** Only the message: shells that print exceptions print this. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return getMessage();
    }
}
