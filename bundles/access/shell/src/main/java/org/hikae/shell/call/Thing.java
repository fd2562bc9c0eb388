package org.hikae.shell.call;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * A command: a thing, such as {@code disk}, whose verbs are its methods. Holds no logic: it calls services and shows.
 *
 * <p>The verbs are added by {@link Verbs}, not by picocli, which would make them all: picocli takes that from here for
 * the subclasses too.
 */
@Command(addMethodSubcommands = false)
public abstract class Thing {

    static final String VERBOSE = "--verbose";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help, and do nothing.")
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    @Option(
            names = VERBOSE,
            scope = ScopeType.INHERIT,
            description = "If the command fails, show where in the program too.")
    private boolean verbose;

    protected final Call call;

    protected Thing(Call call) {
        this.call = call;
    }

    /** What has verbs of its own, by the verb before them; each a class with commands as its methods. */
    protected Map<String, Object> nested() {
        return Map.of();
    }

    boolean verbose() {
        return verbose;
    }
}
