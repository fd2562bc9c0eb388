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

@Command(name = "backup", description = "Backups of disks and of groups of files, made while they are being written.")
final class BackupCommand extends Thing {

    BackupCommand(Call call) {
        super(call);
    }

    @Command(
            name = "run",
            description = "Back disks or groups of files up, each as it stands at one instant. Ctrl-C cancels.",
            footer = {
                "  backup run data --to m1",
                "  backup run data --to m1 --differential",
                "  backup run data mail home --to m1,m2,m1",
                "  backup run --group docs --to m1 --meta group",
                "  backup run data --to m1 --layout image",
                "  backup run data --to m1 --nodes n1,n2 --rate 200MB/s,n2=20MB/s --detach",
                "  backup run data --to m1 --before /etc/hikae/freeze --after /etc/hikae/thaw"
            })
    void run(
            @Parameters(
                            paramLabel = "DISK",
                            arity = "0..*",
                            description =
                                    "Names of the disks. Several are backed up at the same time, by a job for each.")
                    List<String> disks,
            @Mixin GroupOptions groups,
            @Option(
                            names = "--to",
                            paramLabel = "MEDIUM",
                            required = true,
                            split = ",",
                            description =
                                    "Name of the medium. For several disks or groups: one for all, or as many as these,"
                                            + " with commas between.")
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
        List<String> whole = disks == null ? List.of() : disks;
        checkOnce("disk", whole);
        checkOnce("node", copiers);
        groups.check(kind);
        checkNumbers(whole.size(), groups.names().size(), media.size());
        kind.check();
        CopyLimits copyLimits = limits.limits(call, copiers);
        Quieting quieting = quiet.quieting(call);
        List<BackupRequest> requests = new ArrayList<>();
        for (GroupOptions.Subject subject : groups.subjects(call, whole)) {
            requests.add(new BackupRequest(
                    subject.disk(),
                    media.get(requests.size() % media.size()),
                    copiers,
                    copyLimits,
                    kind.layout,
                    kind.differential,
                    kind.since,
                    quieting,
                    subject.group()));
        }
        if (requests.size() == 1) {
            options.show(call, call.service(Backups.class).backUp(requests.get(0)));
        } else {
            new SeveralBackups(call).run(requests, options);
        }
    }

    static void checkOnce(String what, List<String> names) throws UsageException {
        Set<String> known = new HashSet<>();
        for (String name : names) {
            if (!known.add(name)) {
                throw new UsageException(what + " '" + name + "' is given twice");
            }
        }
    }

    private static void checkNumbers(int disks, int groups, int media) throws UsageException {
        if (disks + groups == 0) {
            throw new UsageException("give the disks to back up, or groups with --group");
        } else if (media != 1 && media != disks + groups) {
            String what = disks == 0 ? count(groups, "group") : count(disks, "disk");
            String more = disks == 0 || groups == 0 ? "" : " and " + count(groups, "group");
            throw new UsageException(media + " media for " + what + more + ": give one for all, or one for each");
        }
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
