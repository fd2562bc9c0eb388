package org.hikae.shell.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.Quieting;
import org.hikae.api.copy.CopyLimits;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.call.UsageException;
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
            description = "Back disks up, each as it stands at one instant. Ctrl-C cancels.",
            footer = {
                "  backup run data --to m1",
                "  backup run data --to m1 --differential",
                "  backup run data mail home --to m1,m2,m1",
                "  backup run data --to m1 --layout image",
                "  backup run data --to m1 --nodes n1,n2 --rate 200MB/s,n2=20MB/s --detach",
                "  backup run data --to m1 --before /etc/hikae/freeze --after /etc/hikae/thaw"
            })
    void run(
            @Parameters(
                            paramLabel = "DISK",
                            arity = "1..*",
                            description =
                                    "Names of the disks. Several are backed up at the same time, by a job for each.")
                    List<String> disks,
            @Option(
                            names = "--to",
                            paramLabel = "MEDIUM",
                            required = true,
                            split = ",",
                            description =
                                    "Name of the medium. For several disks: one for all, or as many as disks, with"
                                            + " commas between.")
                    List<String> media,
            @Option(
                            names = "--nodes",
                            paramLabel = "NODE",
                            split = ",",
                            description = "The nodes that copy, with commas between; all if not given.")
                    List<String> nodes,
            @Mixin KindOptions kind,
            @Mixin LimitOptions limits,
            @Mixin QuietOptions quiet,
            @Mixin JobOptions options)
            throws Exception {
        List<String> copiers = nodes == null ? List.of() : List.copyOf(nodes);
        checkOnce("disk", disks);
        checkOnce("node", copiers);
        checkNumbers(disks, media);
        kind.check();
        CopyLimits copyLimits = limits.limits(call, copiers);
        Quieting quieting = quiet.quieting(call);
        List<BackupRequest> requests = new ArrayList<>();
        for (int i = 0; i < disks.size(); i++) {
            String medium = media.get(i % media.size());
            requests.add(new BackupRequest(
                    disks.get(i),
                    medium,
                    copiers,
                    copyLimits,
                    kind.layout,
                    kind.differential,
                    kind.since,
                    quieting,
                    null));
        }
        if (requests.size() == 1) {
            options.show(call, call.service(Backups.class).backUp(requests.get(0)));
        } else {
            new SeveralBackups(call).run(requests, options);
        }
    }

    private static void checkOnce(String what, List<String> names) throws UsageException {
        Set<String> known = new HashSet<>();
        for (String name : names) {
            if (!known.add(name)) {
                throw new UsageException(what + " '" + name + "' is given twice");
            }
        }
    }

    private static void checkNumbers(List<String> disks, List<String> media) throws UsageException {
        if (media.size() != 1 && media.size() != disks.size()) {
            throw new UsageException(media.size() + " media for " + disks.size()
                    + (disks.size() == 1 ? " disk" : " disks") + ": give one for all, or one for each");
        }
    }
}
