package org.hikae.shell.command;

import org.hikae.api.backup.TapePolicy;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.TimeSpan;
import picocli.CommandLine.Option;

/** What goes to tape after each backup of a schedule, and when it leaves its medium. */
final class ScheduleTapeOptions {

    @Option(
            names = "--tape-after",
            paramLabel = "TIME",
            description = "After each backup: copy to tape what is older, such as 7d.")
    private TimeSpan after;

    @Option(
            names = "--tape-above",
            paramLabel = "PERCENT",
            description =
                    "After each backup: bring to tape, and off its medium, the oldest first, until no more than this"
                            + " part of the medium is used, such as 80.")
    private String above;

    @Option(
            names = "--keep-both",
            paramLabel = "TIME",
            description = "How long data stays on its medium once it is on tape, such as 14d; until 'generation evict'"
                    + " if not given.")
    private TimeSpan keepBoth;

    @Option(
            names = "--tape-pool",
            paramLabel = "POOL",
            description = "The pool of cartridges that it goes to; default if not given.")
    private String pool;

    /** Null: nothing. @throws UsageException if they do not go with each other */
    TapePolicy policy() throws UsageException {
        if (after != null || above != null) {
            return TapePolicies.of(after, above, keepBoth, pool);
        } else if (keepBoth != null || pool != null) {
            throw new UsageException("--keep-both and --tape-pool go with --tape-after or --tape-above");
        }
        return null;
    }
}
