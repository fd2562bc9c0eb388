package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Cell;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Style;
import org.hikae.shell.text.Table;
import org.hikae.shell.text.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description =
                "Show how the platform stands: disks, their last backups and what stands in for them, media, nodes,"
                        + " schedules, tape libraries, backups of files, running jobs, problems. Fails if there are"
                        + " problems.",
        footer = {"  status", "  status --json"})
final class StatusCommand extends Thing implements Callable<Void> {

    @Mixin
    private JsonOption json;

    StatusCommand(Call call) {
        super(call);
    }

    /** @throws IOException if there are problems, once all is shown: for whoever watches the exit code */
    @Override
    public Void call() throws IOException {
        Overview overview = Overview.of(call.services());
        if (json.on) {
            call.print(json(overview).node());
        } else {
            show(overview);
        }
        int problems = overview.problems().size();
        if (problems > 0) {
            throw new IOException(problems == 1 ? "there is a problem" : "there are " + problems + " problems");
        }
        return null;
    }

    private void show(Overview overview) {
        if (call.services().carries("disk")) {
            section("disks", disks(overview.disks()), overview.disks());
            section("media", MediumCommand.LISTING, overview.media());
            section("nodes", NodeLine.LISTING, overview.nodes());
        }
        if (!overview.files().isEmpty()) {
            section("backups of files", ClientViews.rows(call), overview.files());
        }
        if (!overview.schedules().isEmpty()) {
            section("schedules", ScheduleViews.columns(call), overview.schedules());
        }
        if (!overview.libraries().isEmpty()) {
            section("tape libraries", LibraryViews.LIBRARIES, overview.libraries());
        }
        section("running jobs", JobViews.listing(call), overview.running());
        section("problems", problems(), overview.problems());
    }

    private <T> void section(String title, Listing<T> listing, List<T> items) {
        call.say(items.isEmpty() ? "no " + title : title);
        if (!items.isEmpty()) {
            listing.table(items)
                    .lines(Math.max(0, call.caller().width() - 2), call.caller().colour())
                    .forEach(line -> call.say("  " + line));
        }
    }

    private Listing<Overview.DiskLine> disks(List<Overview.DiskLine> lines) {
        Listing<Overview.DiskLine> listing = new Listing<Overview.DiskLine>(StatusCommand::json)
                .text("NAME", line -> line.disk().name())
                .number("SIZE", line -> ByteCount.showOrDash(line.disk().size()))
                .text(
                        "LAST BACKUP",
                        line -> line.last() == null ? null : line.last().id())
                .text(
                        "AT",
                        line -> Times.show(
                                line.last() == null ? null : line.last().instant(),
                                call.caller().zone()))
                .text("ON", line -> line.last() == null ? null : line.last().medium());
        return lines.stream().anyMatch(line -> line.inPlace() != null)
                ? listing.text("STANDS IN", line -> InPlaceViews.brief(line.inPlace()))
                : listing;
    }

    private static Listing<Overview.Problem> problems() {
        return new Listing<Overview.Problem>(StatusCommand::json)
                .text("WHAT", Overview.Problem::subject)
                .column("PROBLEM", Table.Kind.TEXT, problem -> new Cell(problem.problem(), Style.BAD));
    }

    private Json json(Overview overview) {
        return new Json()
                .put("disks", disks(overview.disks()).json(overview.disks()))
                .put("media", MediumCommand.LISTING.json(overview.media()))
                .put("nodes", NodeLine.LISTING.json(overview.nodes()))
                .put("schedules", ScheduleViews.columns(call).json(overview.schedules()))
                .put("tapeLibraries", LibraryViews.LIBRARIES.json(overview.libraries()))
                .put("fileBackups", ClientViews.rows(call).json(overview.files()))
                .put("runningJobs", JobViews.listing(call).json(overview.running()))
                .put("problems", problems().json(overview.problems()));
    }

    private static Json json(Overview.DiskLine line) {
        return new Json()
                .put("name", line.disk().name())
                .put("path", line.disk().path())
                .known("size", line.disk().size())
                .put("inPlace", InPlaceViews.json(line.inPlace()))
                .put("lastBackup", line.last() == null ? null : GenerationViews.json(line.last()));
    }

    private static Json json(Overview.Problem problem) {
        return new Json().put("subject", problem.subject()).put("problem", problem.problem());
    }
}
