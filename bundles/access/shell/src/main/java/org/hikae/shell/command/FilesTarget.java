package org.hikae.shell.command;

import java.io.IOException;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.disk.Disks;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.UsageException;
import picocli.CommandLine.Option;

/** Where files of a generation are put. */
final class FilesTarget {

    @Option(names = "--to", paramLabel = "LOCAL", description = "What to make of it: a path that does not exist.")
    private String local;

    @Option(names = "--overwrite", description = "With --to: replace a file by a file, once that is whole.")
    private boolean overwrite;

    @Option(
            names = "--to-disk",
            paramLabel = "DISK[:PATH]",
            description =
                    "Put it on a disk that nodes share files on, where it was, or at that path. Each file is replaced"
                            + " once the new one is whole; other files stay.")
    private String disk;

    @Option(
            names = "--node",
            paramLabel = "NODE",
            description = "With --to-disk: the node that writes; the first one if not given.")
    private String node;

    /** @throws UsageException if they do not go with each other */
    FilesRequest.Target target(Call call) throws IOException {
        if ((local == null) == (disk == null)) {
            throw new UsageException("give either --to LOCAL or --to-disk DISK[:PATH]");
        } else if (local != null && node != null) {
            throw new UsageException("--node goes with --to-disk only");
        } else if (disk != null && overwrite) {
            throw new UsageException("--overwrite goes with --to only; on a disk files are replaced");
        } else if (local != null) {
            return new FilesRequest.ToFolder(call.path(local), overwrite);
        }
        boolean elsewhere = disk.indexOf(DiskPath.SEPARATOR) >= 0;
        DiskPath place = elsewhere ? DiskPath.parse(disk) : new DiskPath(disk, null);
        Find.disk(call.service(Disks.class), place.disk());
        return new FilesRequest.ToDisk(place.disk(), place.path(), node == null ? RestoreTarget.firstNode(call) : node);
    }
}
