package org.hikae.shell.command;

import java.io.IOException;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "disk", description = "The shared disks that the platform knows.")
final class DiskCommand extends Thing {

    static final Listing<DiskStatus> LISTING = new Listing<>(DiskCommand::json)
            .text("NAME", DiskStatus::name)
            .number("SIZE", disk -> ByteCount.showOrDash(disk.size()))
            .number("BLOCK", disk -> ByteCount.showOrDash(disk.blockSize()))
            .word("FORMAT", DiskStatus::format)
            .text("PATH", disk -> Details.text(disk.path()))
            .wrong("PROBLEM", DiskStatus::problem);

    DiskCommand(Call call) {
        super(call);
    }

    @Command(
            name = "add",
            description = "Add a disk: a regular file or a block device, under a name.",
            footer = {"  disk add data /srv/data.img", "  disk add data /dev/sdb --format raw --block-size 4KiB"})
    void add(
            @Parameters(paramLabel = "NAME", description = "What to call it.") String name,
            @Parameters(paramLabel = "PATH", description = "The file or block device.") String path,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            description = "What is on it, such as raw; found out if not given.")
                    String format,
            @Option(
                            names = "--block-size",
                            paramLabel = "N",
                            defaultValue = "4096",
                            description = "A power of two from 512 to 64KiB; 4096 if not given.")
                    ByteCount blockSize)
            throws IOException {
        if (blockSize.bytes() > 65536) {
            throw new UsageException(
                    "the block size " + blockSize.bytes() + " is not a power of two from 512 to 65536");
        }
        Disk disk = call.service(Disks.class).add(name, call.path(path), format, (int) blockSize.bytes());
        call.say("disk " + disk.name() + " is added: " + disk.path() + ", " + disk.format() + ", "
                + ByteCount.show(disk.size()));
    }

    @Command(name = "list", description = "List the disks.", footer = "  disk list --json")
    void list(@Mixin JsonOption json) throws IOException {
        IgnoredFiles.note(call, IgnoredFiles.DISKS);
        LISTING.print(call, json.on, call.service(Disks.class).list(), "there are no disks; see 'disk add --help'");
    }

    @Command(name = "info", description = "Show what is known of a disk.", footer = "  disk info data")
    void info(@Parameters(paramLabel = "DISK", description = "Name of the disk.") String name, @Mixin JsonOption json)
            throws IOException {
        Disks disks = call.service(Disks.class);
        DiskStatus status = Find.disk(disks, name);
        if (status.problem() != null) {
            print(status, null, json.on);
        } else {
            print(status, disks.get(name), json.on);
        }
    }

    private void print(DiskStatus status, Disk disk, boolean asJson) throws IOException {
        long used = disk == null ? -1 : bytes(disk, disk.used());
        long changed = disk == null ? -1 : bytes(disk, disk.changes().changed());
        String id = disk == null ? null : disk.id().toString();
        if (asJson) {
            call.print(json(status)
                    .put("id", id)
                    .known("usedBytes", used)
                    .known("changedBytes", changed)
                    .node());
            return;
        }
        new Details()
                .put("name", status.name())
                .put("id", id)
                .put("path", Details.text(status.path()))
                .put("format", status.format())
                .bytes("size", status.size())
                .bytes("block size", status.blockSize())
                .bytes("used", used)
                .bytes("changed since the last backup", changed)
                .problem(status.problem())
                .print(call);
    }

    /** What the blocks hold; the last one may be a short one. */
    private static long bytes(Disk disk, BlockSet blocks) {
        return Math.min(disk.size(), Math.multiplyExact(blocks.count(), (long) disk.blockSize()));
    }

    @Command(
            name = "remove",
            description = "Forget a disk. Its file and its generations stay.",
            footer = "  disk remove data")
    void remove(@Parameters(paramLabel = "DISK", description = "Name of the disk.") String name) throws IOException {
        call.service(Disks.class).remove(name);
        ChosenLogs.forget(call.services(), name);
        call.say("disk " + name + " is removed; its file and its generations stay");
    }

    private static Json json(DiskStatus disk) {
        return new Json()
                .put("name", disk.name())
                .put("path", disk.path())
                .put("format", disk.format())
                .known("size", disk.size())
                .known("blockSize", disk.blockSize())
                .put("problem", disk.problem());
    }
}
