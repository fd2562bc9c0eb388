package org.hikae.shell.command;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hikae.api.files.RunId;
import org.hikae.api.files.center.CenterStatus;
import org.hikae.api.files.center.ClientInfo;
import org.hikae.api.files.center.CollectionRequest;
import org.hikae.api.files.center.Conditions;
import org.hikae.api.files.center.Transfer;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.ByteRate;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Times;

/** How a center, its clients, requests and transfers are shown. */
final class CenterViews {

    private CenterViews() {}

    static Json json(CenterStatus status) {
        return new Json()
                .put("running", status.running())
                .put("address", status.address())
                .put("medium", status.medium())
                .put("fingerprint", status.fingerprint())
                .put("clients", status.clients())
                .put("waiting", status.waiting())
                .put(
                        "transfers",
                        status.transfers().stream().map(CenterViews::json).toList())
                .put("bytesPerSecond", status.bytesPerSecond())
                .put("savedBytes", status.savedBytes())
                .put("problems", status.problems());
    }

    static Details details(CenterStatus status) {
        Details details = new Details()
                .put("listens", status.running() ? status.address() : "no")
                .put("address", status.address())
                .put("medium", status.medium())
                .put("authority", status.fingerprint())
                .put("clients", Long.toString(status.clients()))
                .put("waiting", Long.toString(status.waiting()))
                .put("receives", ByteRate.show(status.bytesPerSecond()))
                .put("saved", ByteCount.show(status.savedBytes()));
        status.problems().forEach(details::problem);
        return details;
    }

    static Listing<ClientInfo> clients(Call call) {
        ZoneId zone = call.caller().zone();
        return new Listing<ClientInfo>(CenterViews::json)
                .text("NAME", ClientInfo::name)
                .word("STATE", client -> word(client.state()))
                .word("HEARD", client -> Times.show(client.heard(), zone))
                .word("CERTIFICATE", client -> Times.day(client.certificateUntil(), zone))
                .number("VERSIONS", client -> Long.toString(client.versions()))
                .number("STORED", client -> ByteCount.show(client.bytes()));
    }

    private static Json json(ClientInfo client) {
        return new Json()
                .put("name", client.name())
                .put("state", word(client.state()))
                .put("heard", client.heard())
                .put("certificateUntil", client.certificateUntil())
                .put("versions", client.versions())
                .put("bytes", client.bytes());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static Json json(String client, Conditions conditions) {
        Json json = new Json().put("client", client);
        if (conditions == null) {
            return json;
        }
        return json.put(
                        "windows",
                        conditions.windows().stream().map(TransferHours::show).toList())
                .put("transfers", conditions.transfers())
                .put(
                        "rates",
                        conditions.rates().stream()
                                .map(rate -> new Json()
                                        .put("when", TransferHours.show(rate.when()))
                                        .put("bytesPerSecond", rate.bytesPerSecond()))
                                .toList())
                .put("freeSpace", conditions.freeSpace())
                .put("load", conditions.load());
    }

    static Details details(String client, Conditions conditions) {
        Details details = new Details();
        if (client != null) {
            details.put("client", client);
        }
        details.put(
                        "windows",
                        joined(
                                conditions.windows().stream()
                                        .map(TransferHours::show)
                                        .toList(),
                                "always open"))
                .put("transfers", Integer.toString(conditions.transfers()))
                .put(
                        "rate",
                        joined(
                                conditions.rates().stream()
                                        .map(rate -> TransferHours.show(rate.when()) + " "
                                                + ByteRate.show(rate.bytesPerSecond()))
                                        .toList(),
                                "as fast as can be"));
        return client != null
                ? details
                : details.bytes("stays free", conditions.freeSpace())
                        .put("load", conditions.load() == 0 ? "any" : "up to " + conditions.load());
    }

    private static String joined(List<String> all, String none) {
        return all.isEmpty() ? none : all.stream().collect(Collectors.joining("; "));
    }

    /** @param planned heading of the time at which it begins or goes on */
    static Listing<CollectionRequest> requests(Call call, String planned) {
        ZoneId zone = call.caller().zone();
        return new Listing<CollectionRequest>(CenterViews::json)
                .text("RUN", request -> request.run().id().toString())
                .word("STATE", request -> word(request.state()))
                .word("ARRIVED", request -> Times.show(request.arrived(), zone))
                .number("SIZE", request -> ByteCount.show(request.run().bytes()))
                .number("HERE", request -> share(request))
                .text("WINDOW", request -> TransferHours.show(request.run().window()))
                .word(planned, request -> Times.show(request.planned(), zone))
                .wrong("WHY", CollectionRequest::why);
    }

    private static String share(CollectionRequest request) {
        return 100 * request.frames() / Math.max(1, request.run().frames()) + " %";
    }

    private static Json json(CollectionRequest request) {
        return run(request.run().id())
                .put("base", request.run().base())
                .put("taken", request.run().taken())
                .put("window", TransferHours.show(request.run().window()))
                .put("finish", request.run().finish())
                .put("frames", request.run().frames())
                .put("framesHere", request.frames())
                .put("bytes", request.run().bytes())
                .put("files", request.run().files())
                .put("arrived", request.arrived())
                .put("state", word(request.state()))
                .put("planned", request.planned())
                .put("why", request.why());
    }

    private static Json run(RunId run) {
        return new Json()
                .put("client", run.origin())
                .put("backup", run.backup())
                .put("number", run.number());
    }

    static Listing<Transfer> transfers(Call call) {
        ZoneId zone = call.caller().zone();
        return new Listing<Transfer>(CenterViews::json)
                .text("RUN", transfer -> transfer.run().toString())
                .text("FROM", transfer -> transfer.from() + " " + transfer.address())
                .word("STARTED", transfer -> Times.show(transfer.started(), zone))
                .word("ENDED", transfer -> Times.show(transfer.ended(), zone))
                .number("FRAMES", transfer -> Long.toString(transfer.frames()))
                .number("RECEIVED", transfer -> ByteCount.show(transfer.bytes()))
                .word("OUTCOME", transfer -> outcome(transfer))
                .wrong("WHY", Transfer::why);
    }

    private static String outcome(Transfer transfer) {
        String outcome = transfer.outcome() == null ? "goes on" : transfer.outcome();
        return transfer.forced() ? outcome + ", at once" : outcome;
    }

    private static Json json(Transfer transfer) {
        return run(transfer.run())
                .put("from", transfer.from())
                .put("address", transfer.address())
                .put("started", transfer.started())
                .put("ended", transfer.ended())
                .put("firstFrame", transfer.firstFrame())
                .put("frames", transfer.frames())
                .put("bytes", transfer.bytes())
                .put("outcome", transfer.outcome())
                .put("forced", transfer.forced())
                .put("why", transfer.why());
    }
}
