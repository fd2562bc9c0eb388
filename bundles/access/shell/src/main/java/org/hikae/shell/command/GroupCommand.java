package org.hikae.shell.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.call.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "group", description = "Groups of a disk's files, which are backed up by themselves.")
final class GroupCommand extends Thing {

    GroupCommand(Call call) {
        super(call);
    }

    @Command(
            name = "add",
            description = {
                "Add a group: a name for some files of a disk, those that there are and those to come. Of the patterns that"
                        + " match a file, the last one decides: one that begins with 'X ' takes files out again.",
                "A pattern matches a file, or a directory and all that is in it, at any depth, or with a slash before it"
                        + " from the root on. In a name * stands for any characters, ? for one, [a-z] for one of some; as a"
                        + " name ** stands for any number of directories."
            },
            footer = {
                "  group add docs data 'dir_A/*' 'X dir_D/file_d'",
                "  group add mail data /var/mail '*.eml' 'X **/tmp'",
                "  group add docs data --from docs.list"
            })
    void add(
            @Parameters(paramLabel = "NAME", description = "What to call it.") String name,
            @Parameters(paramLabel = "DISK", description = "Name of the disk.") String disk,
            @Parameters(paramLabel = "PATTERN", arity = "0..*", description = "The lines of its list.")
                    List<String> patterns,
            @Option(
                            names = "--from",
                            paramLabel = "FILE",
                            description =
                                    "Take lines from this file first, - being standard input. Blank lines and those"
                                            + " that begin with # are none.")
                    String file)
            throws IOException {
        List<String> lines = GroupList.of(call, file, patterns);
        if (lines.isEmpty()) {
            throw new UsageException("give patterns, or --from FILE with some");
        }
        Group group = new Group(name, disk, lines);
        call.service(Groups.class).add(group);
        call.say("group " + name + " is added: " + lines(lines) + " for files of disk " + disk);
        warn(group);
    }

    @Command(name = "list", description = "List the groups.", footer = "  group list --json")
    void list(@Mixin JsonOption json) throws IOException {
        IgnoredFiles.note(call, IgnoredFiles.GROUPS);
        List<GroupViews.Line> lines =
                GroupViews.Line.all(call.services(), call.service(Groups.class).list());
        GroupViews.listing(call).print(call, json.on, lines, "there are no groups; see 'group add --help'");
    }

    @Command(
            name = "info",
            description = "Show a group's list, how much it has at the moment, its last backup and its schedules.",
            footer = {"  group info docs", "  group info docs --lines"})
    void info(
            @Parameters(paramLabel = "GROUP", description = "Name of the group.") String name,
            @Option(names = "--lines", description = "Print its list alone, as 'group edit --from FILE' takes it.")
                    boolean lines,
            @Mixin JsonOption json)
            throws IOException {
        Group group = call.service(Groups.class).get(name);
        if (lines && json.on) {
            throw new UsageException("choose one of --lines and --json");
        } else if (lines) {
            group.list().forEach(line -> call.say(GroupList.inFile(line)));
            return;
        }
        GroupDetails details = GroupDetails.of(group, call);
        if (json.on) {
            call.print(details.json().node());
        } else {
            details.forPeople().print(call);
        }
    }

    @Command(
            name = "edit",
            description =
                    "Give a group another list, or more lines at the end of its own. Its next backup takes what that"
                            + " says.",
            footer = {
                "  group edit docs 'dir_A/*'",
                "  group edit docs --add 'X *.tmp'",
                "  group edit docs --from docs.list"
            })
    void edit(
            @Parameters(paramLabel = "GROUP", description = "Name of the group.") String name,
            @Parameters(paramLabel = "PATTERN", arity = "0..*", description = "The lines of its new list.")
                    List<String> patterns,
            @Option(
                            names = "--from",
                            paramLabel = "FILE",
                            description = "Take lines from this file first, as 'group add'.")
                    String file,
            @Option(
                            names = "--add",
                            paramLabel = "PATTERN",
                            description = "Add this line to its list; may be given several times.")
                    List<String> added)
            throws IOException {
        Groups groups = call.service(Groups.class);
        Group old = groups.get(name);
        List<String> lines = new ArrayList<>(GroupList.of(call, file, patterns));
        if (lines.isEmpty() == (added == null)) {
            throw new UsageException("give either the lines of the new list, with --from FILE or without, or --add"
                    + " PATTERN; 'group info " + name + " --lines' prints those that it has");
        } else if (added != null) {
            lines.addAll(old.list());
            lines.addAll(added);
        }
        Group group = new Group(name, old.disk(), lines);
        groups.replace(group);
        call.say("group " + name + " has " + lines(lines) + " now; its next backup takes what they say");
        warn(group);
    }

    @Command(
            name = "files",
            description = "Show the files of a group as they are on the disk now, without mounting it.",
            footer = {"  group files docs", "  group files docs --json"})
    void files(
            @Parameters(paramLabel = "GROUP", description = "Name of the group.") String name, @Mixin JsonOption json)
            throws IOException {
        Group group = call.service(Groups.class).get(name);
        try (FileSystem fileSystem = open(group)) {
            new DiskFiles(call, fileSystem, "disk files " + group.disk()).printMembers(group.list(), "/", json.on);
        }
    }

    @Command(
            name = "blocks",
            description = "List the blocks that hold the content of a group's files, in runs of consecutive ones.",
            footer = {"  group blocks docs", "  group blocks docs --json"})
    void blocks(
            @Parameters(paramLabel = "GROUP", description = "Name of the group.") String name, @Mixin JsonOption json)
            throws IOException {
        Groups groups = call.service(Groups.class);
        Group group = groups.get(name);
        try (FileSystem fileSystem = open(group)) {
            DiskBlocks.in(fileSystem, groups.select(group.list(), fileSystem, (file, member) -> call.cancellation()
                            .check()))
                    .print(call, json.on);
        }
    }

    @Command(
            name = "remove",
            description = "Forget a group. Its files and its generations stay.",
            footer = "  group remove docs")
    void remove(@Parameters(paramLabel = "GROUP", description = "Name of the group.") String name) throws IOException {
        call.service(Groups.class).remove(name);
        call.say("group " + name + " is removed; its files and its generations stay");
        List<String> schedules = GroupViews.schedules(call.services(), name);
        if (!schedules.isEmpty()) {
            call.note("warning: of this group are still the schedules " + String.join(", ", schedules)
                    + "; see 'schedule remove --help'");
        }
    }

    private FileSystem open(Group group) throws IOException {
        return call.service(Disks.class).get(group.disk()).openFileSystem();
    }

    /** A disk need not be there when its group is made. */
    private void warn(Group group) {
        String problem = GroupViews.problem(call.services(), group);
        if (problem != null) {
            call.note("warning: " + problem);
        }
    }

    private static String lines(List<String> list) {
        return list.size() == 1 ? "a line" : list.size() + " lines";
    }
}
