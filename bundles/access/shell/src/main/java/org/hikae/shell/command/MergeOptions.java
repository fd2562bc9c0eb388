package org.hikae.shell.command;

import java.util.List;
import org.hikae.api.backup.RetentionRequest;
import org.hikae.shell.call.UsageException;
import picocli.CommandLine.Option;

/** What is merged: neighbours that are named, or whatever need not be kept. */
final class MergeOptions {

    @Option(
            names = "--to",
            paramLabel = "MEDIUM",
            description = "Name of the medium that the result goes to; that of the newest if not given.")
    String medium;

    @Option(
            names = "--auto",
            paramLabel = "DISK",
            description = "Merge all generations of this disk that need not be kept into the next newer ones.")
    private String disk;

    @Option(
            names = "--keep",
            paramLabel = "REASON=N",
            split = ",",
            description = "With --auto: what to keep, such as last=7,daily=14,monthly=12; hourly, weekly and yearly"
                    + " too. Of each of the last so many hours, days and so on that have any, the newest is kept; the"
                    + " newest of all is always.")
    private List<String> keep;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "With --auto: those of this group of the disk's files; those of the whole disk if not given.")
    private String group;

    @Option(
            names = "--remove",
            description =
                    "With --auto: remove those that need not be kept and can become part of none, since nothing that is"
                            + " kept builds upon them.")
    private boolean remove;

    @Option(names = "--dry-run", description = "With --auto: show what would be done, and do nothing.")
    boolean dryRun;

    /**
     * @param range null if none is given
     * @throws UsageException if they do not go with each other
     */
    void check(String range) throws UsageException {
        if ((range == null) == (disk == null)) {
            throw new UsageException("give either FROM..TO or --auto DISK");
        } else if (disk == null && (keep != null || dryRun)) {
            throw new UsageException("--keep and --dry-run go with --auto");
        } else if (disk == null && (group != null || remove)) {
            throw new UsageException("--group and --remove go with --auto");
        } else if (disk != null && medium != null) {
            throw new UsageException("--to goes with FROM..TO; --auto leaves the results where the newer ones are");
        } else if (disk != null && keep == null) {
            throw new UsageException("--auto needs --keep; write, for instance, --keep last=7,daily=14,monthly=12");
        }
    }

    /** With {@code --auto}. */
    RetentionRequest retention() throws UsageException {
        return new RetentionRequest(disk, group, KeepOption.parse(keep), remove);
    }
}
