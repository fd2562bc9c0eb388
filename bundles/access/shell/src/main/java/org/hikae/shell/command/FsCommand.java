package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.command.FileViews.Shown;
import org.hikae.shell.tree.Kept;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "fs",
        description = "The files on disks that nodes share. A file is called DISK:PATH, such as data:/dir/file.")
final class FsCommand extends Thing {

    FsCommand(Call call) {
        super(call);
    }

    @Command(
            name = "ls",
            description = "List files, and what is in folders.",
            footer = {"  fs ls data:/", "  fs ls -la data:/home --node n2", "  fs ls -R data:/ --json"})
    void ls(
            @Parameters(paramLabel = "DISK:PATH", arity = "1..*", description = "Files and folders.")
                    List<String> paths,
            @Option(
                            names = {"-l", "--long"},
                            description = "A line for each: mode, links, owner, group, size, time, name.")
                    boolean details,
            @Option(
                            names = {"-a", "--all"},
                            description = "Those whose names begin with a dot too.")
                    boolean all,
            @Option(
                            names = {"-R", "--recursive"},
                            description = "What is in folders within folders too.")
                    boolean below,
            @Option(
                            names = {"-H", "--human"},
                            description = "Sizes with units, such as 1.5 GiB.")
                    boolean units,
            @Mixin NodeOption node,
            @Mixin JsonOption json)
            throws IOException {
        try (NodeFiles files = node.files(call)) {
            var look = new FsListing.Look(details, all, below, units, json.on);
            new FsListing(call, files, look).print(paths);
        }
    }

    @Command(
            name = "tree",
            description = "Show a folder and all that is below it.",
            footer = {"  fs tree data:/", "  fs tree data:/home -L 2"})
    void tree(
            @Parameters(paramLabel = "DISK:PATH", description = "The folder.") String path,
            @Option(
                            names = {"-L", "--levels"},
                            paramLabel = "N",
                            description = "Go down no further than this, at least 1.")
                    Integer levels,
            @Option(
                            names = {"-a", "--all"},
                            description = "Files whose names begin with a dot too.")
                    boolean all,
            @Mixin NodeOption node)
            throws IOException {
        if (levels != null && levels < 1) {
            throw new UsageException("a tree has at least 1 level, not " + levels);
        }
        DiskPath start = DiskPath.parse(path);
        try (NodeFiles files = node.files(call)) {
            new FsTree(call, all, levels == null ? Integer.MAX_VALUE : levels).print(start, files.at(start));
        }
    }

    @Command(
            name = "cat",
            description = "Print the content of files, one after the other, as it is.",
            footer = "  fs cat data:/etc/hosts --node n2")
    void cat(
            @Parameters(paramLabel = "DISK:PATH", arity = "1..*", description = "The files.") List<String> paths,
            @Mixin NodeOption node)
            throws IOException {
        try (NodeFiles files = node.files(call)) {
            new FsContent(call, files).print(paths);
        }
    }

    @Command(
            name = "put",
            description =
                    "Copy files and folders onto a disk, with all attributes, as 'cp -a' does: into a folder that is"
                            + " there, or under a new name. What was copied is durable when the command ends, unless --no-flush is"
                            + " given.",
            footer = {"  fs put /srv/tree data:/", "  fs put a.txt b.txt data:/dir --node n2"})
    void put(
            @Parameters(
                            paramLabel = "LOCAL... DISK:PATH",
                            arity = "2..*",
                            hideParamSyntax = true,
                            description = "The caller's files, and where they go.")
                    List<String> paths,
            @Option(
                            names = "--no-flush",
                            description = "Leave what was copied in the node's cache, which is written out in seconds.")
                    boolean cached,
            @Mixin NodeOption node,
            @Mixin JsonOption json)
            throws IOException {
        try (NodeFiles files = node.files(call)) {
            new FsCopy(call, files, "copied", !cached).put(paths, json.on);
        }
    }

    @Command(
            name = "get",
            description =
                    "Copy files and folders of a disk to the caller's, with all attributes, as 'cp -a' does: into a"
                            + " folder that is there, or under a new name.",
            footer = {"  fs get data:/tree /srv/", "  fs get data:/a.txt data:/b.txt . --node n2"})
    void get(
            @Parameters(
                            paramLabel = "DISK:PATH... LOCAL",
                            arity = "2..*",
                            hideParamSyntax = true,
                            description = "The files, and where they go among the caller's.")
                    List<String> paths,
            @Mixin NodeOption node,
            @Mixin JsonOption json)
            throws IOException {
        try (NodeFiles files = node.files(call)) {
            new FsCopy(call, files, "copied", false).get(paths, json.on);
        }
    }

    @Command(
            name = "cp",
            description =
                    "Copy files from disk to disk, or within one: into a folder that is there, or under a new name.",
            footer = {"  fs cp data:/a data:/b", "  fs cp -a data:/tree other:/"})
    void cp(
            @Parameters(
                            paramLabel = "DISK:PATH... DISK:PATH",
                            arity = "2..*",
                            hideParamSyntax = true,
                            description = "The files, and where they go.")
                    List<String> paths,
            @Option(
                            names = {"-r", "--recursive"},
                            description = "Copy folders with all that is in them, and symlinks as such.")
                    boolean trees,
            @Option(
                            names = {"-a", "--archive"},
                            description = "As --recursive, with owners, times, extended attributes and hard links.")
                    boolean archive,
            @Option(
                            names = "--no-flush",
                            description = "Leave what was copied in the node's cache, which is written out in seconds.")
                    boolean cached,
            @Mixin NodeOption node,
            @Mixin JsonOption json)
            throws IOException {
        try (NodeFiles files = node.files(call)) {
            Kept kept = archive ? Kept.ALL : Kept.CONTENT;
            new FsCopy(call, files, "copied", !cached).copy(paths, trees || archive, kept, json.on);
        }
    }

    @Command(
            name = "mv",
            description =
                    "Give files and folders other names: in a folder that is there, or a new name. A file is replaced"
                            + " in one step. To another disk they are copied, and removed when the copy is whole.",
            footer = {"  fs mv data:/old data:/new", "  fs mv data:/a data:/b data:/dir"})
    void mv(
            @Parameters(
                            paramLabel = "DISK:PATH... DISK:PATH",
                            arity = "2..*",
                            hideParamSyntax = true,
                            description = "The files, and where they go.")
                    List<String> paths,
            @Mixin NodeOption node,
            @Mixin JsonOption json)
            throws IOException {
        try (NodeFiles files = node.files(call)) {
            new FsCopy(call, files, "moved", true).move(paths, json.on);
        }
    }

    @Command(
            name = "rm",
            description = "Remove files, at once and for good.",
            footer = {"  fs rm data:/a.txt", "  fs rm -r data:/tree"})
    void rm(
            @Parameters(paramLabel = "DISK:PATH", arity = "1..*", description = "The files.") List<String> paths,
            @Option(
                            names = {"-r", "--recursive"},
                            description = "Remove folders with all that is in them.")
                    boolean trees,
            @Option(
                            names = {"-f", "--force"},
                            description = "Say nothing of files that are not there.")
                    boolean force,
            @Mixin NodeOption node,
            @Mixin JsonOption json)
            throws IOException {
        try (NodeFiles files = node.files(call)) {
            new FsRemoval(call, files).remove(paths, trees, force, json.on);
        }
    }

    @Command(
            name = "mkdir",
            description = "Make folders.",
            footer = {"  fs mkdir data:/dir", "  fs mkdir -p data:/a/b/c"})
    void mkdir(
            @Parameters(paramLabel = "DISK:PATH", arity = "1..*", description = "The folders.") List<String> paths,
            @Option(
                            names = {"-p", "--parents"},
                            description = "Make those they lie in too, and say nothing of any that are there.")
                    boolean parents,
            @Mixin NodeOption node)
            throws IOException {
        try (NodeFiles files = node.files(call)) {
            for (String path : paths) {
                Path folder = files.at(DiskPath.parse(path));
                if (parents) {
                    Files.createDirectories(folder);
                } else {
                    Files.createDirectory(folder);
                }
            }
        }
    }

    @Command(
            name = "stat",
            description = "Show what is known of a file. A symlink is not followed.",
            footer = {"  fs stat data:/a.txt", "  fs stat data:/a.txt --node n2 --json"})
    void stat(
            @Parameters(paramLabel = "DISK:PATH", description = "The file.") String path,
            @Mixin NodeOption node,
            @Mixin JsonOption json)
            throws IOException {
        DiskPath file = DiskPath.parse(path);
        try (NodeFiles files = node.files(call)) {
            Shown shown = Shown.of(file, path, files.at(file));
            if (json.on) {
                call.print(FsStat.json(shown).node());
            } else {
                FsStat.details(shown, call).print(call);
            }
        }
    }

    @Command(
            name = "df",
            description =
                    "Show how much room there is on a disk, or on all: for data, and in the region of the metadata.",
            footer = {"  fs df", "  fs df data --json"})
    void df(
            @Parameters(paramLabel = "DISK", arity = "0..1", description = "Name of the disk; all if not given.")
                    String disk,
            @Mixin JsonOption json)
            throws IOException {
        List<DiskSpace> space =
                disk == null ? DiskSpace.all(call.services()) : List.of(DiskSpace.of(call.services(), disk));
        DiskSpace.LISTING.print(
                call, json.on, space, "there are no disks that nodes share files on; see 'disk format --help'");
    }
}
