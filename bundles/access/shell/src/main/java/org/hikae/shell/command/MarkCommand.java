package org.hikae.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.Mark;
import org.hikae.api.disk.Marks;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "mark", description = "Marks: instants of a disk since which its changes are known.")
final class MarkCommand extends Thing {

    MarkCommand(Call call) {
        super(call);
    }

    /** A mark, and what has changed since: bytes, -1 if that cannot be told, and why it cannot. */
    private record Row(Mark mark, long changed, String problem) {

        static Row of(Disk disk, Mark mark) {
            Changes changes = disk.changes().changedSince(mark.point());
            return changes instanceof Changes.Known known
                    ? new Row(mark, DiskDetails.bytes(known.blocks(), disk.blockSize(), disk.size()), null)
                    : new Row(mark, -1, ((Changes.Unknown) changes).reason());
        }

        Json json() {
            return new Json()
                    .put("name", mark.name())
                    .put("time", mark.time())
                    .known("changedBytes", changed)
                    .put("problem", problem);
        }
    }

    @Command(
            name = "add",
            description = "Mark a disk as it stands now, with all its nodes brought to one instant.",
            footer = "  mark add data monday")
    void add(
            @Parameters(paramLabel = "DISK", description = "Name of the disk.") String disk,
            @Parameters(paramLabel = "NAME", description = "What to call the mark.") String name)
            throws IOException {
        Find.disk(call.service(Disks.class), disk);
        Mark mark = call.service(Marks.class).add(disk, name);
        call.say("disk " + disk + " is marked: " + mark.name() + ", "
                + Times.showExactly(mark.time(), call.caller().zone()));
    }

    @Command(
            name = "list",
            description = "List the marks of a disk, and how much has changed since.",
            footer = "  mark list data")
    void list(@Parameters(paramLabel = "DISK", description = "Name of the disk.") String name, @Mixin JsonOption json)
            throws IOException {
        Disks disks = call.service(Disks.class);
        Find.disk(disks, name);
        Disk disk = disks.get(name);
        List<Row> rows = new ArrayList<>();
        for (Mark mark : call.service(Marks.class).list(name)) {
            rows.add(Row.of(disk, mark));
        }
        new Listing<Row>(Row::json)
                .text("NAME", row -> row.mark().name())
                .word("TIME", row -> Times.show(row.mark().time(), call.caller().zone()))
                .number("CHANGED SINCE", row -> ByteCount.showOrDash(row.changed()))
                .wrong("PROBLEM", Row::problem)
                .print(call, json.on, rows, "disk " + name + " has no marks; see 'mark add --help'");
    }

    @Command(name = "remove", description = "Forget a mark.", footer = "  mark remove data monday")
    void remove(
            @Parameters(paramLabel = "DISK", description = "Name of the disk.") String disk,
            @Parameters(paramLabel = "MARK", description = "Name of the mark.") String name)
            throws IOException {
        Find.disk(call.service(Disks.class), disk);
        call.service(Marks.class).remove(disk, name);
        call.say("mark " + name + " of disk " + disk + " is removed");
    }
}
