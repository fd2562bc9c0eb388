package org.hikae.shell.command;

import java.io.IOException;
import java.net.URI;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.files.relay.FilesRelay;
import org.hikae.api.files.relay.RelayStatus;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "relay",
        description =
                "Hand on to one or several centers what clients below hand to this one. Toward those below it takes"
                        + " the 'center' commands: invite, conditions, requests, and so on.")
final class RelayCommand extends Thing {

    RelayCommand(Call call) {
        super(call);
    }

    private FilesRelay relay() throws IOException {
        return call.service(FilesRelay.class);
    }

    @Command(
            name = "start",
            description = "Join the centers above, and let clients come, now and whenever a platform stays. What is not"
                    + " given is as before.",
            footer = {
                "  relay start --listen 192.0.2.9:7443 --upstream https://192.0.2.7:7443 --token TOKEN --to vault",
                "  relay start --upstream https://a.example:7443,https://b.example:7443 --token TOKEN-A,TOKEN-B --to"
                        + " vault",
                "  relay start"
            })
    void start(
            @Option(
                            names = "--listen",
                            paramLabel = "ADDRESS:PORT",
                            description = "Where clients come; as before if not given, or else 127.0.0.1:7443.")
                    String listen,
            @Option(
                            names = "--upstream",
                            paramLabel = "URL",
                            split = ",",
                            description = "The centers above: each gets everything. Those that are left out get nothing"
                                    + " more.")
                    List<String> upstreams,
            @Option(
                            names = "--token",
                            paramLabel = "TOKEN",
                            split = ",",
                            description =
                                    "From 'center invite' there, one for each in the same order; nothing between two"
                                            + " commas for one that was joined before.")
                    List<String> tokens,
            @Option(
                            names = "--to",
                            paramLabel = "MEDIUM",
                            description =
                                    "Where files are put until every center above has them; as before if not given.")
                    String medium,
            @Mixin JsonOption json)
            throws IOException {
        List<URI> addresses = new ArrayList<>();
        for (String each : upstreams == null ? List.<String>of() : upstreams) {
            addresses.add(address(each));
        }
        if (tokens != null && upstreams == null) {
            throw new UsageException("--token goes with --upstream: which center is it from?");
        }
        RelayStatus status = relay().start(listen, addresses, tokens == null ? List.of() : tokens, medium);
        if (json.on) {
            call.print(json(status).node());
            return;
        }
        call.say("the relay " + (status.running() ? "listens at " : "is to listen at ") + status.address()
                + ", and hands on to "
                + String.join(
                        ", ",
                        status.upstreams().stream()
                                .map(upstream -> upstream.address().toString())
                                .toList()));
        if (!status.running()) {
            call.note("nobody serves this home, so nothing is handed on now; start 'hikae serve'");
        }
    }

    private static URI address(String text) throws UsageException {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "'" + text + "' is no address of a center: write, for instance, https://backup.example:7443");
        }
    }

    @Command(
            name = "status",
            description = "Show what each center above has not yet, and what is wrong.",
            footer = {"  relay status", "  relay status --json"})
    void status(@Mixin JsonOption json) throws IOException {
        RelayStatus status = relay().status();
        if (json.on) {
            call.print(json(status).node());
            return;
        }
        new Details()
                .put("hands on", status.running() ? "yes" : "no")
                .put("address", status.address())
                .print(call);
        call.say("");
        ZoneId zone = call.caller().zone();
        new Listing<RelayStatus.Upstream>(RelayCommand::json)
                .text("UPSTREAM", upstream -> upstream.address().toString())
                .word("HEARD", upstream -> Times.show(upstream.heard(), zone))
                .number("WAITING", upstream -> Long.toString(upstream.waiting()))
                .number("BYTES", upstream -> ByteCount.show(upstream.bytes()))
                .text("PROBLEM", RelayStatus.Upstream::problem)
                .print(call, false, status.upstreams(), "there is no center above; see 'relay start --help'");
    }

    @Command(
            name = "stop",
            description = "Hand on nothing more and listen no more. What is here stays, and is handed on after the next"
                    + " start.",
            footer = "  relay stop")
    void stop() throws IOException {
        relay().stop();
        call.say("the relay hands on nothing more");
    }

    private static Json json(RelayStatus status) {
        return new Json()
                .put("running", status.running())
                .put("address", status.address())
                .put(
                        "upstreams",
                        status.upstreams().stream().map(RelayCommand::json).toList());
    }

    private static Json json(RelayStatus.Upstream upstream) {
        return new Json()
                .put("address", upstream.address().toString())
                .put("heard", upstream.heard())
                .put("waiting", upstream.waiting())
                .put("bytes", upstream.bytes())
                .put("problem", upstream.problem());
    }
}
