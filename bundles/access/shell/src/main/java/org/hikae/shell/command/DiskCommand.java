package org.hikae.shell.command;

import java.io.IOException;
import java.util.stream.Stream;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.disk.InPlaceStatus;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.nbd.NbdServer;
import org.hikae.api.shared.FileSystems;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.ByteCount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "disk", description = "The shared disks that the platform knows.")
final class DiskCommand extends Thing {

    DiskCommand(Call call) {
        super(call);
    }

    @Command(
            name = "add",
            description = "Add a disk: a regular file or a block device, under a name.",
            footer = {
                "  disk add data /srv/data.img",
                "  disk add data /dev/sdb --format raw --block-size 4KiB",
                "  disk add home /srv/home.img --format ext"
            })
    void add(
            @Parameters(paramLabel = "NAME", description = "What to call it.") String name,
            @Parameters(paramLabel = "PATH", description = "The file or block device.") String path,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            description = "What is on it, such as ext or raw; found out if not given.")
                    String format,
            @Option(
                            names = "--block-size",
                            paramLabel = "N",
                            description =
                                    "A power of two from 512 to 64KiB; that of the file system, or 4096, if not given.")
                    ByteCount blockSize)
            throws IOException {
        if (blockSize != null && (blockSize.bytes() > 65536 || blockSize.bytes() == 0)) {
            throw new UsageException(
                    "the block size " + blockSize.bytes() + " is not a power of two from 512 to 65536");
        }
        int bytes = blockSize == null ? 0 : (int) blockSize.bytes();
        Disk disk = call.service(Disks.class).add(name, call.path(path), format, bytes);
        call.say("disk " + disk.name() + " is added: " + disk.path() + ", " + disk.format() + ", "
                + ByteCount.show(disk.size()));
    }

    @Command(name = "list", description = "List the disks.", footer = "  disk list --json")
    void list(@Mixin JsonOption json) throws IOException {
        IgnoredFiles.note(call, IgnoredFiles.DISKS);
        DiskViews.listing(call.services())
                .print(call, json.on, call.service(Disks.class).list(), "there are no disks; see 'disk add --help'");
    }

    @Command(name = "info", description = "Show what is known of a disk.", footer = "  disk info data")
    void info(@Parameters(paramLabel = "DISK", description = "Name of the disk.") String name, @Mixin JsonOption json)
            throws IOException {
        Disks disks = call.service(Disks.class);
        DiskStatus status = Find.disk(disks, name);
        InPlaceStatus inPlace = InPlaceViews.all(call.services()).get(name);
        DiskDetails details = DiskDetails.of(status, status.size() < 0 ? null : disks.get(name), inPlace, uri(name));
        if (json.on) {
            call.print(details.json().node());
        } else {
            details.forPeople().print(call);
        }
    }

    /** Where NBD clients find a disk; null while nothing serves it. */
    private String uri(String name) {
        return call.services()
                .find(NbdServer.class)
                .map(server -> server.uri(name))
                .orElse(null);
    }

    @Command(
            name = "blocks",
            description = "List blocks of a disk, in runs of consecutive ones.",
            footer = {
                "  disk blocks data",
                "  disk blocks data --metadata --json",
                "  disk blocks data --changed --since monday"
            })
    void blocks(
            @Parameters(paramLabel = "DISK", description = "Name of the disk.") String name,
            @Option(names = "--used", description = "The used blocks; this is so if nothing is chosen.") boolean used,
            @Option(names = "--metadata", description = "The blocks that the file system keeps for itself.")
                    boolean metadata,
            @Option(names = "--changed", description = "Those that have changed since the last backup.")
                    boolean changed,
            @Option(names = "--since", paramLabel = "MARK", description = "With --changed: since that mark.")
                    String mark,
            @Mixin JsonOption json)
            throws IOException {
        if (Stream.of(used, metadata, changed).filter(chosen -> chosen).count() > 1) {
            throw new UsageException("choose one of --used, --metadata and --changed");
        }
        if (mark != null && !changed) {
            throw new UsageException("--since goes with --changed");
        }
        DiskBlocks blocks = new DiskBlocks(call, name);
        BlockRuns runs = changed ? blocks.changed(mark) : metadata ? blocks.metadata() : blocks.used();
        runs.print(call, json.on);
    }

    @Command(
            name = "files",
            description = "Show the files on a disk, without mounting it.",
            footer = {"  disk files data", "  disk files data /etc/hosts --json"})
    void files(
            @Parameters(paramLabel = "DISK", description = "Name of the disk.") String name,
            @Parameters(
                            paramLabel = "PATH-ON-DISK",
                            arity = "0..1",
                            description = "The file or directory to show; the root directory if not given.")
                    String path,
            @Mixin JsonOption json)
            throws IOException {
        try (FileSystem fileSystem = call.service(Disks.class).get(name).openFileSystem()) {
            new DiskFiles(call, fileSystem, "disk files " + name).print(path == null ? "/" : path, json.on);
        }
    }

    @Command(
            name = "owner",
            description = "Show what a block of a disk is there for.",
            footer = "  disk owner data 34817")
    void owner(
            @Parameters(paramLabel = "DISK", description = "Name of the disk.") String name,
            @Parameters(paramLabel = "BLOCK", description = "Number of a block of the file system, from 0.") long block,
            @Mixin JsonOption json)
            throws IOException {
        try (FileSystem fileSystem = call.service(Disks.class).get(name).openFileSystem()) {
            OwnerDetails details = OwnerDetails.find(fileSystem, block, call.cancellation());
            if (json.on) {
                call.print(details.json().node());
            } else {
                details.forPeople().print(call);
            }
        }
    }

    @Command(
            name = "format",
            description = "Make an empty file system on a disk, which nodes share from then on. What is on the disk is"
                    + " destroyed; unless the disk is blank, this is asked first, where somebody can be asked.",
            footer = {"  disk format data shared", "  disk format data shared --metadata 1GiB --label projects --force"
            })
    void format(
            @Parameters(paramLabel = "DISK", description = "Name of the disk.") String name,
            @Parameters(paramLabel = "SHARED-FORMAT", description = "The format, such as shared.") String format,
            @Option(
                            names = "--metadata",
                            paramLabel = "SIZE",
                            description =
                                    "Size of the region for names and attributes; about a 16th of the disk if not given.")
                    ByteCount metadata,
            @Option(
                            names = "--label",
                            paramLabel = "L",
                            defaultValue = "",
                            description = "A name, of at most 64 bytes.")
                    String label,
            @Option(names = "--force", description = "Do destroy what is on the disk.") boolean force)
            throws IOException {
        Find.disk(call.service(Disks.class), name);
        new DiskFormatting(call, name, format).run(metadata == null ? 0 : metadata.bytes(), label, force);
    }

    @Command(
            name = "check",
            description =
                    "Check the file system of a disk that nodes share, whether they use it or not. Fails if anything"
                            + " is wrong.",
            footer = {"  disk check data", "  disk check data --json"})
    void check(@Parameters(paramLabel = "DISK", description = "Name of the disk.") String name, @Mixin JsonOption json)
            throws IOException {
        Find.disk(call.service(Disks.class), name);
        CheckViews.print(call, name, call.service(FileSystems.class).check(name), json.on);
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
}
