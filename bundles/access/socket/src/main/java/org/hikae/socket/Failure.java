package org.hikae.socket;

import java.io.EOFException;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a command failed, as the caller is told.
 *
 * @param code exit code
 * @param message empty if there is nothing to say
 */
record Failure(int code, String message) {
    static final int FAILED = 1;
    static final int USAGE = 2;
    /** How Gogo says that no method of a command takes the arguments. */
    private static final Pattern COERCION = Pattern.compile("Cannot coerce ([\\w-]+)\\(");

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    /**
     * @param said the exit code that the command has set; null if none
     * @param commands the names of all commands
     */
    static Failure of(Throwable caught, Integer said, Collection<String> commands) {
        // Gogo wraps errors.
        Throwable thrown =
                caught instanceof ExecutionException && caught.getCause() != null ? caught.getCause() : caught;
        if (thrown instanceof ScriptEnd end) {
            return new Failure(end.code(), "");
        }
        if (thrown instanceof CommandNotFoundException unknown) {
            return new Failure(USAGE, Suggestion.forUnknown(unknown.getCommand(), commands));
        }
        if (thrown instanceof SyntaxError
                || (thrown instanceof EOFException && thrown.getCause() instanceof SyntaxError)) {
            return new Failure(USAGE, "This cannot be understood: " + thrown.getMessage());
        }
        Matcher coercion = COERCION.matcher(String.valueOf(thrown.getMessage()));
        if (thrown instanceof IllegalArgumentException && coercion.lookingAt()) {
            return new Failure(
                    USAGE,
                    coercion.group(1) + ": it does not take these arguments; see 'help " + coercion.group(1) + "'");
        }
        // Zero is what a command before this one said, which went well.
        if (said != null && said != 0) {
            return new Failure(said, thrown.getMessage() == null ? "" : thrown.getMessage());
        }
        if (thrown instanceof InterruptedException) {
            return new Failure(FAILED, "The command was cancelled");
        }
        String message = thrown.getMessage();
        if (message == null || message.isBlank() || thrown instanceof Error) {
            LOG.error("A command failed unexpectedly", thrown);
            return new Failure(FAILED, "The command failed unexpectedly (" + thrown + "); the log says more");
        }
        LOG.info("A command failed", thrown);
        return new Failure(FAILED, message);
    }
}
