package org.hikae.shell.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.client.BackupRow;
import org.hikae.api.files.client.BackupRowStatus;
import org.hikae.api.files.client.BufferSettings;
import org.hikae.api.files.client.FilesClient;
import org.hikae.api.files.client.IncompleteVersionsException;
import org.hikae.api.files.client.Membership;
import org.hikae.api.files.client.RestoreFiles;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "client",
        description =
                "Files of this machine: backed up at their times into a buffer, and sent when the center collects."
                        + " Both are done by a platform that stays, such as 'hikae serve'.")
final class ClientCommand extends Thing {

    ClientCommand(Call call) {
        super(call);
    }

    private FilesClient client() throws IOException {
        return call.service(FilesClient.class);
    }

    @Command(
            name = "join",
            description = "Join a center or relay, with a token of its 'center invite'. A token can be used once.",
            footer = {
                "  client join https://backup.example:7443 --token TOKEN",
                "  client join https://192.0.2.7:7443 --token TOKEN --name office"
            })
    void join(
            @Parameters(paramLabel = "URL", description = "Its address.") URI address,
            @Option(names = "--token", paramLabel = "TOKEN", required = true, description = "The token.") String token,
            @Option(
                            names = "--name",
                            paramLabel = "NAME",
                            description = "What to call it here; after its host if not given.")
                    String name,
            @Mixin JsonOption json)
            throws IOException {
        Membership joined = client().join(name, address, token);
        if (json.on) {
            call.print(ClientViews.json(joined).node());
            return;
        }
        call.say("joined center " + joined.name() + " as client " + joined.client());
        call.note("say what is backed up with 'client add'");
    }

    @Command(
            name = "leave",
            description = "Forget a center. What it has stays there.",
            footer = {"  client leave office", "  client leave office --force"})
    void leave(
            @Parameters(paramLabel = "CENTER", description = "What it is called here.") String name,
            @Option(names = "--force", description = "Even if it lacks runs, or a backup names it; they stay here.")
                    boolean force)
            throws IOException {
        client().leave(name, force);
        call.say("center " + name + " is left");
    }

    @Command(
            name = "add",
            description =
                    "Add files and folders, with all that is in them, to what is backed up. A path may have * and ?"
                            + " for characters of a name, and ** for any number of names; quote them. What comes due while"
                            + " the platform is down is made up for once.",
            footer = {
                "  client add home /home/alice --backup '0 22 * * *' --window 00:00-03:00",
                "  client add etc /etc /usr/local/etc --backup '30 12 * * 1-5' --keep 7d",
                "  client add docs '/home/*/docs' --exclude '*.tmp' --exclude /home/bob/docs",
                "  client add big /srv/data --backup '0 1 * * 0' --window 'Sat,Sun 00:00-24:00' --finish"
            })
    void add(
            @Parameters(index = "0", paramLabel = "NAME", description = "What to call it.") String name,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "PATH", description = "Files and folders.")
                    List<String> paths,
            @Mixin ClientRowOptions options)
            throws IOException {
        FilesClient client = client();
        client.add(options.row(call, name, absolute(paths)));
        call.say("backup " + name + " is added");
        BackupRowStatus status = client.get(name);
        call.note(
                status.next() == null
                        ? "it is made when asked for; see 'client run'"
                        : "next: " + Times.show(status.next(), status.row().zone()));
        if (client.memberships().isEmpty()) {
            call.note("no center was joined: what is backed up stays in the buffer; see 'client join'");
        }
    }

    private List<String> absolute(List<String> paths) throws IOException {
        List<String> absolute = new ArrayList<>();
        for (String path : paths) {
            absolute.add(call.path(path).toString());
        }
        return absolute;
    }

    @Command(
            name = "edit",
            description = "Change what is given of a backup, and leave the rest.",
            footer = {
                "  client edit home --backup '0 23 * * *'",
                "  client edit home /home/alice /home/bob",
                "  client edit home --window '' --finish=false"
            })
    void edit(
            @Parameters(index = "0", paramLabel = "BACKUP", description = "Name of the backup.") String name,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "PATH",
                            description = "Files and folders, in place of those before.")
                    List<String> paths,
            @Mixin ClientRowOptions options)
            throws IOException {
        FilesClient client = client();
        BackupRow row = options.changed(call, client.get(name).row());
        boolean given = paths != null && !paths.isEmpty();
        client.edit(given ? with(row, absolute(paths)) : row);
        call.say("backup " + name + " is changed");
    }

    private static BackupRow with(BackupRow row, List<String> paths) {
        return new BackupRow(
                row.name(),
                paths,
                row.exclusions(),
                row.times(),
                row.zone(),
                row.window(),
                row.finish(),
                row.center(),
                row.keepInBuffer(),
                row.endToEnd());
    }

    @Command(
            name = "remove",
            description = "Forget a backup. What is at the center stays there, and can be restored.",
            footer = {"  client remove docs", "  client remove docs --force"})
    void remove(
            @Parameters(paramLabel = "BACKUP", description = "Name of the backup.") String name,
            @Option(names = "--force", description = "Even if runs of it have not been sent: they are deleted.")
                    boolean force)
            throws IOException {
        client().remove(name, force);
        call.say("backup " + name + " is removed");
    }

    @Command(
            name = "list",
            description = "List what is backed up, when it is next, and what waits to be sent.",
            footer = {"  client list", "  client list --json"})
    void list(@Mixin JsonOption json) throws IOException {
        ClientViews.rows(call).print(call, json.on, client().list(), "nothing is backed up; see 'client add --help'");
    }

    @Command(
            name = "status",
            description = "Show the centers, the backups and the buffer, and what is wrong.",
            footer = {"  client status", "  client status --json"})
    void status(@Mixin JsonOption json) throws IOException {
        FilesClient client = client();
        List<Membership> centers = client.memberships();
        List<BackupRowStatus> rows = client.list();
        BufferSettings buffer = client.buffer();
        if (json.on) {
            call.print(new Json()
                    .put("centers", ClientViews.centers(call).json(centers))
                    .put("backups", ClientViews.rows(call).json(rows))
                    .put("buffer", ClientViews.json(buffer))
                    .node());
            return;
        }
        ClientViews.centers(call).print(call, false, centers, "no center was joined; see 'client join --help'");
        call.say("");
        ClientViews.rows(call).print(call, false, rows, "nothing is backed up; see 'client add --help'");
        call.say("");
        ClientViews.buffer(buffer).print(call);
    }

    @Command(
            name = "run",
            description = "Make a local backup now, whatever its times, and wait for its end. Ctrl-C cancels the job.",
            footer = {"  client run home", "  client run home --detach"})
    void run(
            @Parameters(paramLabel = "BACKUP", description = "Name of the backup.") String name,
            @Mixin JobOptions options)
            throws IOException, InterruptedException {
        options.show(call, client().run(name));
    }

    @Command(
            name = "versions",
            description =
                    "List the versions of a file, or of all in a folder, that the buffer and the centers have; the"
                            + " newest first for each.",
            footer = {"  client versions /home/alice/letter.txt", "  client versions /home/alice --at 2026-11-01"})
    void versions(
            @Parameters(paramLabel = "PATH", description = "The file or folder.") String path,
            @Option(
                            names = "--at",
                            paramLabel = "TIME",
                            description = "Only those that were there at this time, such as 2026-11-01 or"
                                    + " 2026-11-01T12:00.")
                    String at,
            @Mixin JsonOption json)
            throws IOException {
        List<StoredVersion> versions;
        try {
            versions = client().versions(call.path(path).toString(), instant(at));
        } catch (IncompleteVersionsException e) {
            // What is known is of use, and may be just what is looked for.
            ClientViews.versions(call).print(call, json.on, e.found(), "no version of " + path + " is known");
            throw e;
        }
        ClientViews.versions(call).print(call, json.on, versions, "there are no versions of " + path);
    }

    /** Null for null. */
    private Instant instant(String at) throws UsageException {
        return at == null ? null : PointInTime.parse(at, call.caller().zone());
    }

    @Command(
            name = "restore",
            description =
                    "Give a file back, or a folder with all that was in it: where it was, or elsewhere. What is newer"
                            + " than what is given back stays, and is named. What was cut off goes on if the same is asked"
                            + " for again.",
            footer = {
                "  client restore /home/alice/letter.txt",
                "  client restore /home/alice --at 2026-11-01T12:00 --to /tmp/then",
                "  client restore /etc --overwrite"
            })
    void restore(
            @Parameters(paramLabel = "PATH", description = "The file or folder.") String path,
            @Option(
                            names = "--at",
                            paramLabel = "TIME",
                            description =
                                    "As it was at this time, such as 2026-11-01 or 2026-11-01T12:00; the latest if"
                                            + " not given.")
                    String at,
            @Option(
                            names = "--to",
                            paramLabel = "FOLDER",
                            description =
                                    "The folder in which it is put, under its own name; where it was if not given.")
                    String to,
            @Option(names = "--overwrite", description = "Replace files that are newer too.") boolean overwrite,
            @Option(names = "--center", paramLabel = "CENTER", description = "Ask this center alone; all if not given.")
                    String center,
            @Option(
                            names = "--incomplete",
                            description =
                                    "End well although some files cannot be given back; they are named all the same.")
                    boolean incomplete,
            @Mixin JobOptions options)
            throws IOException, InterruptedException {
        Path folder = to == null ? null : call.path(to);
        options.show(
                call,
                client().restore(new RestoreFiles(
                        call.path(path).toString(), instant(at), folder, overwrite, center, incomplete)));
    }

    @Command(
            name = "buffer",
            description =
                    "Show the buffer, or change how much it may take and what is done when it is full. Nothing that"
                            + " has not been sent is ever deleted to make room.",
            footer = {"  client buffer", "  client buffer --limit 20GiB --when-full wait"})
    void buffer(
            @Option(names = "--limit", paramLabel = "SIZE", description = "How much it may take, at least 1MiB.")
                    ByteCount limit,
            @Option(
                            names = "--when-full",
                            paramLabel = "WHEN-FULL",
                            description = "What a local backup does then: fail, or wait until its next time.")
                    String whenFull,
            @Mixin JsonOption json)
            throws IOException {
        FilesClient client = client();
        BufferSettings before = client.buffer();
        if (limit != null || whenFull != null) {
            client.setBuffer(
                    limit == null ? before.limit() : limit.bytes(),
                    whenFull == null ? before.whenFull() : whenFull(whenFull));
        }
        BufferSettings now = client.buffer();
        if (json.on) {
            call.print(ClientViews.json(now).node());
        } else {
            ClientViews.buffer(now).print(call);
        }
    }

    private static BufferSettings.WhenFull whenFull(String word) throws UsageException {
        for (BufferSettings.WhenFull each : BufferSettings.WhenFull.values()) {
            if (ClientViews.word(each).equals(word)) {
                return each;
            }
        }
        throw new UsageException("--when-full is fail or wait, not '" + word + "'");
    }
}
