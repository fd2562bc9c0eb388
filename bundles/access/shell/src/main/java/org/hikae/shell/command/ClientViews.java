package org.hikae.shell.command;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.client.BackupRow;
import org.hikae.api.files.client.BackupRowStatus;
import org.hikae.api.files.client.BufferSettings;
import org.hikae.api.files.client.Membership;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.TimeSpan;
import org.hikae.shell.text.Times;

/** How a client of file backup looks. */
final class ClientViews {

    private ClientViews() {}

    static Listing<BackupRowStatus> rows(Call call) {
        return new Listing<BackupRowStatus>(ClientViews::json)
                .text("NAME", status -> status.row().name())
                .text("PATHS", status -> String.join(" ", status.row().paths()))
                .word("NEXT", status -> Times.show(status.next(), zone(status, call)))
                .word("LAST", status -> Times.show(status.last(), zone(status, call)))
                .text("WINDOW", status -> TransferHours.show(status.row().window()))
                .number("WAITING", status -> Integer.toString(status.pending().size()))
                .number("AWAITED", status -> Integer.toString(status.awaited().size()))
                .number("TO SEND", status -> ByteCount.show(bytes(status)))
                .wrong("PROBLEM", BackupRowStatus::problem);
    }

    private static ZoneId zone(BackupRowStatus status, Call call) {
        ZoneId own = status.row().zone();
        return own == null ? call.caller().zone() : own;
    }

    private static long bytes(BackupRowStatus status) {
        return status.pending().stream()
                .filter(run -> !status.awaited().containsKey(run.id().number()))
                .mapToLong(RunInfo::bytes)
                .sum();
    }

    static Json json(BackupRowStatus status) {
        BackupRow row = status.row();
        return new Json()
                .put("name", row.name())
                .put("paths", row.paths())
                .put("exclusions", row.exclusions())
                .put("times", row.times())
                .put("zone", row.zone())
                .put("window", TransferHours.show(row.window()))
                .put("finish", row.finish())
                .put("center", row.center())
                .put("keep", row.keepInBuffer().isZero() ? null : TimeSpan.show(row.keepInBuffer()))
                .put("release", row.endToEnd() ? "end-to-end" : "next")
                .put("next", status.next())
                .put("last", status.last())
                .put("pending", status.pending().stream().map(ClientViews::json).toList())
                .put("awaited", awaited(status))
                .put("sentFrames", status.sent())
                .put("problem", status.problem());
    }

    private static List<Json> awaited(BackupRowStatus status) {
        return status.awaited().entrySet().stream()
                .map(run -> new Json()
                        .put("number", run.getKey())
                        .put(
                                "centers",
                                run.getValue().stream().map(UUID::toString).toList()))
                .toList();
    }

    private static Json json(RunInfo run) {
        return new Json()
                .put("number", run.id().number())
                .put("base", run.base())
                .put("taken", run.taken())
                .put("frames", run.frames())
                .put("bytes", run.bytes())
                .put("files", run.files());
    }

    static Listing<Membership> centers(Call call) {
        return new Listing<Membership>(ClientViews::json)
                .text("CENTER", Membership::name)
                .text("ADDRESS", center -> Details.text(center.address()))
                .text("AS", Membership::client)
                .word(
                        "HEARD",
                        center -> Times.show(center.heard(), call.caller().zone()))
                .wrong("PROBLEM", Membership::problem);
    }

    static Json json(Membership center) {
        return new Json()
                .put("name", center.name())
                .put("address", center.address())
                .put("client", center.client())
                .put("heard", center.heard())
                .put("problem", center.problem());
    }

    static Details buffer(BufferSettings buffer) {
        return new Details()
                .put("buffer", buffer.folder().toString())
                .bytes("used", buffer.used())
                .bytes("limit", buffer.limit())
                .put("when full", word(buffer.whenFull()));
    }

    static Json json(BufferSettings buffer) {
        return new Json()
                .put("folder", buffer.folder())
                .put("used", buffer.used())
                .put("limit", buffer.limit())
                .put("whenFull", word(buffer.whenFull()));
    }

    static String word(BufferSettings.WhenFull whenFull) {
        return whenFull.name().toLowerCase(Locale.ROOT);
    }

    static Listing<StoredVersion> versions(Call call) {
        ZoneId zone = call.caller().zone();
        return new Listing<StoredVersion>(ClientViews::json)
                .text("PATH", version -> version.path().toString())
                .word("TAKEN", version -> Times.show(version.taken(), zone))
                .text("BACKUP", version -> version.run().backup())
                .number("RUN", version -> Long.toString(version.run().number()))
                .number("UNTIL RUN", version -> version.until() == 0 ? "-" : Long.toString(version.until()))
                .word("TYPE", ClientViews::type)
                .number("SIZE", version -> ByteCount.show(version.size()))
                .word("MODIFIED", version -> Times.show(version.modified(), zone))
                .word("WHERE", version -> version.medium() == null ? "buffer" : "center")
                .wrong("DOUBT", StoredVersion::doubt);
    }

    private static String type(StoredVersion version) {
        return version.type().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Json json(StoredVersion version) {
        return new Json()
                .put("path", version.path())
                .put("backup", version.run().backup())
                .put("run", version.run().number())
                .put("until", version.until() == 0 ? null : version.until())
                .put("taken", version.taken())
                .put("type", type(version))
                .put("size", version.size())
                .put("modified", version.modified())
                .put("sha256", version.sha256())
                .put("medium", version.medium())
                .put("doubt", version.doubt());
    }
}
