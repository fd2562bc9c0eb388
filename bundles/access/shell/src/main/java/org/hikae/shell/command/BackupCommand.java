package org.hikae.shell.command;

import java.util.List;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Backups;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.media.Layout;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.ByteRate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "backup", description = "Backups of disks, made while they are being written.")
final class BackupCommand extends Thing {

    BackupCommand(Call call) {
        super(call);
    }

    @Command(
            name = "run",
            description = "Back a disk up as it stands at one instant. Ctrl-C cancels.",
            footer = {
                "  backup run data --to m1",
                "  backup run data --to m1 --differential",
                "  backup run data --to m1 --nodes n1,n2 --rate 100MB/s --detach",
                "  backup run data --to m1 --before /etc/hikae/freeze --after /etc/hikae/thaw"
            })
    void run(
            @Parameters(paramLabel = "DISK", description = "Name of the disk.") String disk,
            @Option(names = "--to", paramLabel = "MEDIUM", required = true, description = "Name of the medium.")
                    String medium,
            @Option(
                            names = "--differential",
                            description =
                                    "Take only what changed since the newest generation; if that cannot be told, make a"
                                            + " full backup, and say why.")
                    boolean differential,
            @Option(
                            names = "--since",
                            paramLabel = "MARK",
                            description = "With --differential: take only what changed since this mark.")
                    String since,
            @Option(
                            names = "--nodes",
                            paramLabel = "NODE",
                            split = ",",
                            description = "The nodes that copy, with commas between; all if not given.")
                    List<String> nodes,
            @Option(
                            names = "--rate",
                            paramLabel = "RATE",
                            description = "Read no faster than this, such as 100MB/s; no limit if not given.")
                    ByteRate rate,
            @Option(
                            names = "--workers",
                            paramLabel = "N",
                            description = "How many copy at a time, 64 at most; as many as pay if not given.")
                    Integer workers,
            @Mixin QuietOptions quiet,
            @Mixin JobOptions options)
            throws Exception {
        if (workers != null && (workers < 1 || workers > CopyLimits.MOST_WORKERS)) {
            throw new UsageException("there can be from 1 to " + CopyLimits.MOST_WORKERS + " workers, not " + workers);
        }
        if (since != null && !differential) {
            throw new UsageException("--since goes with --differential");
        }
        BackupRequest request = new BackupRequest(
                disk,
                medium,
                nodes == null ? List.of() : List.copyOf(nodes),
                new CopyLimits(rate == null ? 0 : rate.bytesPerSecond(), workers == null ? 0 : workers),
                Layout.PACKED,
                differential,
                since,
                quiet.quieting(call));
        options.show(call, call.service(Backups.class).backUp(request));
    }
}
