package org.hikae.shell.command;

import org.hikae.api.backup.MigrateRequest;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.TimeSpan;
import picocli.CommandLine.Option;

/** What goes to tape, and when it leaves its medium. */
final class MigrateOptions {

    @Option(
            names = "--disk",
            paramLabel = "DISK",
            description = "Generations of this disk; of all disks and groups if not given.")
    private String disk;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "With --disk: those of this group of its files; those of the whole disk if not given.")
    private String group;

    @Option(names = "--after", paramLabel = "TIME", description = "Those go to tape that are older, such as 7d.")
    private TimeSpan after;

    @Option(
            names = "--above",
            paramLabel = "PERCENT",
            description = "Those go to tape, and leave their medium, the oldest first, until no more than this part of"
                    + " the medium is used, such as 80.")
    private String above;

    @Option(
            names = "--keep-both",
            paramLabel = "TIME",
            description = "How long data stays on its medium once it is on tape, such as 14d; until 'generation evict'"
                    + " if not given.")
    private TimeSpan keepBoth;

    @Option(names = "--pool", paramLabel = "POOL", description = "The pool of cartridges; default if not given.")
    private String pool;

    @Option(names = "--dry-run", description = "Show what would be done, and do nothing.")
    boolean dryRun;

    /** @throws UsageException if they do not go with each other */
    MigrateRequest request() throws UsageException {
        if (after == null && above == null) {
            throw new UsageException("say what goes to tape: give --after TIME, --above PERCENT, or both");
        } else if (group != null && disk == null) {
            throw new UsageException("--group goes with --disk");
        }
        return new MigrateRequest(disk, group, TapePolicies.of(after, above, keepBoth, pool));
    }
}
