package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.backup.Retention;
import org.hikae.api.files.center.CenterStatus;
import org.hikae.api.files.center.ClientInfo;
import org.hikae.api.files.center.Conditions;
import org.hikae.api.files.center.Files;
import org.hikae.api.files.center.FilesCenter;
import org.hikae.api.job.Job;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "center",
        description =
                "Collect files of clients when it suits both sides, and give them back. A center listens in a platform"
                        + " that stays, such as 'hikae serve', and only after 'center start'.")
final class CenterCommand extends Thing {

    CenterCommand(Call call) {
        super(call);
    }

    private FilesCenter center() throws IOException {
        return call.service(FilesCenter.class);
    }

    @Command(
            name = "start",
            description = "Let the center listen, now and whenever a platform stays. The first time it makes a"
                    + " certification authority of its own, and each time a certificate for the address.",
            footer = {
                "  center start --listen 192.0.2.7:7443 --to vault",
                "  center start --listen 0.0.0.0:7443 --name backup.example --to vault",
                "  center start"
            })
    void start(
            @Option(
                            names = "--listen",
                            paramLabel = "ADDRESS:PORT",
                            description = "Where clients come; as before if not given, or else 127.0.0.1:7443.")
                    String listen,
            @Option(
                            names = "--name",
                            paramLabel = "HOST",
                            split = ",",
                            description =
                                    "By what clients call it besides: a name, or the address of a router that hands"
                                            + " connections on. As before if not given.")
                    List<String> names,
            @Option(
                            names = "--to",
                            paramLabel = "MEDIUM",
                            description = "Where collected files are put; as before if not given.")
                    String medium,
            @Mixin JsonOption json)
            throws IOException {
        CenterStatus status = center().start(listen, names, medium);
        if (json.on) {
            call.print(CenterViews.json(status).node());
            return;
        }
        call.say("the center " + (status.running() ? "listens at " : "is to listen at ") + status.address()
                + ", and puts files on " + status.medium());
        status.problems().forEach(call::note);
    }

    @Command(
            name = "stop",
            description = "Listen no more. Transfers end with what they have, and go on after the next start.",
            footer = "  center stop")
    void stop() throws IOException {
        center().stop();
        call.say("the center listens no more");
    }

    @Command(
            name = "status",
            description = "Show whether the center listens, what is being transferred, and what is wrong.",
            footer = {"  center status", "  center status --json"})
    void status(@Mixin JsonOption json) throws IOException {
        CenterStatus status = center().status();
        if (json.on) {
            call.print(CenterViews.json(status).node());
            return;
        }
        CenterViews.details(status).print(call);
        if (!status.transfers().isEmpty()) {
            call.say("");
            CenterViews.transfers(call).print(call, false, status.transfers(), "");
        }
    }

    @Command(
            name = "invite",
            description =
                    "Make a token, the last line of the output, with which a client or relay joins: once, and within a"
                            + " week. Whoever has it becomes the client, so hand it on by a way that others do not see.",
            footer = {"  center invite laptop", "  center invite laptop --replace"})
    void invite(
            @Parameters(paramLabel = "NAME", description = "What the client is to be called.") String name,
            @Option(
                            names = "--replace",
                            description = "A new machine takes the client's place, with its files: the old one's"
                                    + " certificate ends when the token is used.")
                    boolean replace)
            throws IOException {
        FilesCenter center = center();
        String token = center.invite(name, replace);
        call.note(
                "on the client: client join https://" + reached(center.status().address()) + " --token TOKEN");
        call.say(token);
    }

    /** By what clients may reach it: one that listens at all addresses of its machine has none that says how. */
    private static String reached(String address) {
        return address == null ? "HOST:PORT" : address.replaceFirst("^(0[0.]*|\\[[0:]+]):", "HOST:");
    }

    @Command(
            name = "revoke",
            description =
                    "Accept a client's certificate no more, at once. Its files stay; 'center invite --replace' lets a"
                            + " machine take its place.",
            footer = "  center revoke laptop")
    void revoke(@Parameters(paramLabel = "CLIENT", description = "Name of the client or relay.") String name)
            throws IOException {
        center().revoke(name);
        call.say("client " + name + " is not accepted any more; its files stay");
    }

    @Command(
            name = "clients",
            description = "List the clients and relays: members, who may come, and whose files are here.",
            footer = {"  center clients", "  center clients --json"})
    void clients(@Mixin JsonOption json) throws IOException {
        List<ClientInfo> all = center().clients();
        CenterViews.clients(call).print(call, json.on, all, "there are no clients; see 'center invite --help'");
    }

    @Command(
            name = "conditions",
            description = "Show when and how files are collected, or change what is given and leave the rest.",
            footer = {
                "  center conditions",
                "  center conditions --window 22:00-06:00 --window 'Sat,Sun 00:00-00:00' --transfers 8",
                "  center conditions --rate 08:00-18:00=1MiB/s --rate 50MiB/s --free 20GiB --load 2",
                "  center conditions --client laptop --window 12:00-13:00",
                "  center conditions --client laptop --clear"
            })
    void conditions(@Mixin ConditionOptions options, @Mixin JsonOption json) throws IOException {
        options.check();
        FilesCenter center = center();
        String client = options.client();
        if (options.clear()) {
            clear(center, client);
        } else if (options.any()) {
            Conditions before = client == null ? center.conditions() : center.conditions(client);
            Conditions changed = options.change(before, call);
            if (client == null) {
                center.setConditions(changed);
            } else {
                center.setConditions(client, changed);
            }
        }
        Conditions now = client == null ? center.conditions() : center.conditions(client);
        if (json.on) {
            call.print(CenterViews.json(client, now).node());
        } else if (now == null) {
            call.note("nothing holds for " + client + " besides the center's own conditions");
        } else {
            CenterViews.details(client, now).print(call);
        }
    }

    private static void clear(FilesCenter center, String client) throws IOException {
        if (client == null) {
            throw new UsageException("--clear goes with --client; the center's own are changed one by one");
        }
        center.setConditions(client, null);
    }

    @Command(
            name = "requests",
            description = "List the collection table: what waits and what is transferred, in the order in which it is"
                    + " planned; with --done what is done too.",
            footer = {"  center requests", "  center requests --done --json"})
    void requests(
            @Option(names = "--done", description = "Those too that are done, the newest first.") boolean done,
            @Mixin JsonOption json)
            throws IOException {
        FilesCenter center = center();
        CenterViews.requests(call, "PLANNED")
                .print(call, json.on, sink -> center.requests(done, sink), "nothing waits");
    }

    @Command(
            name = "plan",
            description = "Show what will be collected when, and which windows cannot be kept and why.",
            footer = {"  center plan", "  center plan --json"})
    void plan(@Mixin JsonOption json) throws IOException {
        CenterViews.requests(call, "BEGINS").print(call, json.on, center()::plan, "nothing waits");
    }

    @Command(
            name = "files",
            description = "List stored versions of files: with --at those that were there at that time, else all.",
            footer = {
                "  center files --client laptop --path /home/ada/thesis.tex",
                "  center files --client laptop --path /home/ada --at 2026-11-01 --json"
            })
    void files(
            @Option(names = "--client", paramLabel = "CLIENT", description = "Of this client alone.") String client,
            @Option(names = "--backup", paramLabel = "NAME", description = "Of this row of its table alone.")
                    String backup,
            @Option(names = "--path", paramLabel = "FILE", description = "Of this file, or what is in this folder.")
                    String path,
            @Option(
                            names = "--at",
                            paramLabel = "TIME",
                            description =
                                    "As of this time, such as 2026-11-01, 2026-11-01T12:00 or a time with a zone.")
                    String at,
            @Mixin JsonOption json)
            throws IOException {
        Files which = new Files(
                client,
                backup,
                path,
                at == null ? null : PointInTime.parse(at, call.caller().zone()));
        FilesCenter center = center();
        StoredFileViews.listing(call)
                .print(call, json.on, sink -> center.files(which, sink), "no such files are stored");
    }

    @Command(
            name = "history",
            description = "List transfers, the newest first. The last million are remembered.",
            footer = {"  center history", "  center history --client laptop --limit 0 --json"})
    void history(
            @Option(
                            names = "--client",
                            paramLabel = "CLIENT",
                            description = "Those alone that this client or relay sent.")
                    String client,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "So many at most; 0: all. By itself 1000.")
                    long limit,
            @Mixin JsonOption json)
            throws IOException {
        if (limit < 0) {
            throw new UsageException("--limit is a number of transfers, or 0 for all");
        }
        FilesCenter center = center();
        CenterViews.transfers(call)
                .print(call, json.on, sink -> center.history(client, limit, sink), "nothing was transferred yet");
    }

    @Command(
            name = "collect",
            description =
                    "Take all requests that wait at once, whatever the windows of both sides say, and wait for the"
                            + " end. Other limits hold, and clients that cannot be reached are not waited for.",
            footer = {"  center collect --now", "  center collect --now --detach"})
    void collect(
            @Option(names = "--now", required = true, description = "At once: the center collects by itself otherwise.")
                    boolean now,
            @Mixin JobOptions options)
            throws IOException, InterruptedException {
        Job job = center().collectNow();
        options.show(call, job);
    }

    @Command(
            name = "verify",
            description = "Read all that is stored, wholly, and say what is damaged.",
            footer = {"  center verify", "  center verify --client laptop"})
    void verify(
            @Option(names = "--client", paramLabel = "CLIENT", description = "Of this client alone.") String client,
            @Mixin JobOptions options)
            throws IOException, InterruptedException {
        options.show(call, center().verify(client));
    }

    @Command(
            name = "keep",
            description = "Show or say how long runs are kept: of each client's rows the newest run is, always.",
            footer = {
                "  center keep",
                "  center keep last=7,daily=14,monthly=12",
                "  center keep --client laptop last=3",
                "  center keep --client laptop --clear"
            })
    void keep(
            @Parameters(
                            paramLabel = "REASON=N",
                            arity = "0..*",
                            split = ",",
                            description = "What to keep: last, hourly, daily, weekly, monthly, yearly.")
                    List<String> keep,
            @Option(
                            names = "--client",
                            paramLabel = "CLIENT",
                            description = "Of this client; else of all that have no rule of their own.")
                    String client,
            @Option(names = "--clear", description = "No rule any more: all is kept, or as of all clients.")
                    boolean clear,
            @Mixin JsonOption json)
            throws IOException {
        FilesCenter center = center();
        if (clear && keep != null) {
            throw new UsageException("--clear goes without a rule");
        } else if (clear || keep != null) {
            center.setRetention(client, clear ? null : KeepOption.parse(keep));
        }
        Retention now = center.retention(client);
        if (json.on) {
            call.print(new Json()
                    .put("client", client)
                    .put("keep", KeepOption.json(now))
                    .node());
        } else {
            String otherwise = client == null ? "everything" : "as of all clients";
            call.say(now == null ? otherwise : now.text());
        }
    }
}
