package org.hikae.shell.command;

import java.io.IOException;
import org.hikae.api.nbd.NbdExport;
import org.hikae.api.nbd.NbdServer;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "nbd", description = "Disks and generations as network block devices, for qemu, libnbd and others.")
final class NbdCommand extends Thing {

    private static final Listing<NbdExport> LISTING = new Listing<>(NbdCommand::json)
            .text("EXPORT", NbdExport::name)
            .number("SIZE", export -> ByteCount.showOrDash(export.size()))
            .word("MODE", NbdCommand::mode)
            .number("CLIENTS", export -> Integer.toString(export.clients()))
            .text("URI", NbdExport::uri)
            .wrong("PROBLEM", NbdExport::problem);

    NbdCommand(Call call) {
        super(call);
    }

    @Command(
            name = "list",
            description = "List what clients can connect to, and how many do.",
            footer = {"  nbd list", "  nbd list --json"})
    void list(@Mixin JsonOption json) throws IOException {
        NbdServer server = call.service(NbdServer.class);
        LISTING.print(call, json.on, server.list(), "there are no exports; see 'disk add --help'");
        if (!json.on) {
            server.listening().ifPresent(address -> call.note("over TCP too: nbd://" + address + "/EXPORT"));
        }
    }

    @Command(
            name = "listen",
            description = "Serve clients on a TCP port too, from now on. Nobody asks there who a client is: only this"
                    + " machine's own addresses are allowed, and every user of it can connect.",
            footer = {"  nbd listen 127.0.0.1:10809", "  nbd listen '[::1]:10809'"})
    void listen(
            @Parameters(paramLabel = "ADDRESS:PORT", description = "Where to listen; port 0 takes any that is free.")
                    String address)
            throws IOException {
        call.say("listening on " + call.service(NbdServer.class).listen(address));
    }

    @Command(
            name = "unlisten",
            description = "Serve no clients over TCP any more. Those that are connected stay.",
            footer = "  nbd unlisten")
    void unlisten() throws IOException {
        call.service(NbdServer.class).unlisten();
        call.say("listening on no TCP port");
    }

    private static String mode(NbdExport export) {
        return export.mounted() ? "mounted" : export.readOnly() ? "read-only" : "read-write";
    }

    static Json json(NbdExport export) {
        return new Json()
                .put("name", export.name())
                .known("size", export.size())
                .put("readOnly", export.readOnly())
                .put("clients", export.clients())
                .put("mounted", export.mounted())
                .put("uri", export.uri())
                .put("problem", export.problem());
    }
}
