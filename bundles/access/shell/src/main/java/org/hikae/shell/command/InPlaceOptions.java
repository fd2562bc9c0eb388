package org.hikae.shell.command;

import org.hikae.shell.call.UsageException;
import picocli.CommandLine.Option;

/** How a generation is to take the place of a disk. */
final class InPlaceOptions {

    @Option(
            names = "--in-place",
            description = "Let the generation take the place of the disk at once, writable, while its blocks are"
                    + " brought back onto the disk; needs --force. Ctrl-C ends the bringing back; the generation"
                    + " stands in all the same.")
    boolean chosen;

    @Option(
            names = "--to",
            paramLabel = "DISK",
            description = "With --in-place: the disk, at least as large; the generation's own if not given.")
    String disk;

    @Option(
            names = "--no-restore",
            description = "With --in-place: leave each block on the medium until it is asked for.")
    boolean noRestore;

    @Option(names = "--force", description = "With --in-place: do replace what is on the disk.")
    boolean force;

    @Option(
            names = "--detach",
            description = "With --in-place: print the job's id and leave it to itself; see 'job wait'.")
    boolean detach;

    void check() throws UsageException {
        if (!chosen && (disk != null || noRestore || force || detach)) {
            throw new UsageException("--to, --no-restore, --force and --detach go with --in-place");
        } else if (noRestore && detach) {
            throw new UsageException("with --no-restore there is no job to --detach");
        }
    }
}
