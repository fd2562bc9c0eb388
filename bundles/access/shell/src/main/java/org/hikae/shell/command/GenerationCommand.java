package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.FilesRequest;
import org.hikae.api.disk.Disks;
import org.hikae.api.fs.FileSystem;
import org.hikae.api.group.Groups;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.Generations;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.ByteRate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "generation", description = "The backups that were made: a disk as it stood at one instant, each.")
final class GenerationCommand extends GenerationCare {

    GenerationCommand(Call call) {
        super(call);
    }

    @Command(
            name = "list",
            description = "List the generations of a disk, or all. Fails if there is nothing to show and a medium that"
                    + " could not be looked at.",
            footer = {"  generation list data", "  generation list --group docs", "  generation list --json"})
    void list(
            @Parameters(paramLabel = "DISK", arity = "0..1", description = "Name of the disk; all if not given.")
                    String disk,
            @Option(names = "--group", paramLabel = "GROUP", description = "Those of this group of files alone.")
                    String group,
            @Mixin JsonOption json)
            throws IOException {
        GenerationSurvey survey = call.service(Generations.class).survey();
        List<GenerationInfo> wanted = survey.generations().stream()
                .filter(generation -> disk == null || disk.equals(generation.disk()))
                .filter(generation -> group == null || group.equals(generation.groupName()))
                .toList();
        if (wanted.isEmpty() && !survey.unread().isEmpty()) {
            throw new IOException("no generation can be seen: " + String.join("; ", GenerationViews.unread(survey)));
        }
        GenerationViews.unread(survey).forEach(sentence -> call.note("warning: " + sentence));
        Find.diskOf(call.services(), survey.generations(), disk);
        Find.groupOf(call.services(), survey.generations(), group);
        GenerationViews.listing(call, wanted)
                .print(call, json.on, wanted, "there are no generations; see 'backup run --help'");
    }

    @Command(
            name = "info",
            description = "Show what is known of a generation, and what it builds upon.",
            footer = "  generation info data@1")
    void info(
            @Parameters(paramLabel = "GENERATION", description = "Id of the generation.") String id,
            @Mixin JsonOption json)
            throws IOException {
        List<GenerationInfo> chain = call.service(Generations.class).chain(id);
        if (json.on) {
            call.print(GenerationDetails.of(chain, call).json().node());
        } else {
            GenerationDetails.of(chain, call).forPeople().print(call);
        }
    }

    @Command(
            name = "files",
            description = "Show the files in a generation, without mounting or restoring it.",
            footer = {
                "  generation files data@1",
                "  generation files data@1 /etc --json",
                "  generation files data@1 --group docs"
            })
    void files(
            @Parameters(paramLabel = "GENERATION", description = "Id of the generation.") String id,
            @Parameters(
                            paramLabel = "PATH",
                            arity = "0..1",
                            description = "The file or directory to show; the root directory if not given.")
                    String path,
            @Option(
                            names = "--group",
                            paramLabel = "GROUP",
                            description = "Only those of this group, as its list stands now.")
                    String group,
            @Option(
                            names = "--members",
                            description =
                                    "Only those of the generation's own group, by the list that was in force: those"
                                            + " that can be read.")
                    boolean members,
            @Mixin JsonOption json)
            throws IOException {
        if (members && group != null) {
            throw new UsageException("choose one of --group and --members");
        }
        try (GenerationReader reader = call.service(Generations.class).open(id);
                FileSystem fileSystem = reader.openFileSystem(call.service(Disks.class))) {
            var files = new DiskFiles(call, fileSystem, "generation files " + id);
            String top = path == null ? "/" : path;
            if (group == null && !members) {
                files.print(top, json.on);
            } else {
                files.printMembers(group == null ? ownList(reader.info()) : groupList(group), top, json.on);
            }
        }
    }

    private List<String> groupList(String group) throws IOException {
        return call.service(Groups.class).get(group).list();
    }

    private static List<String> ownList(GenerationInfo generation) throws IOException {
        if (generation.group() == null) {
            throw new IOException("generation " + generation.id()
                    + " is of no group, but of the whole disk; --group GROUP" + " shows those of a group");
        }
        return generation.group().list();
    }

    @Command(
            name = "get",
            description = "Get a file, or a directory with all that is in it, out of a generation.",
            footer = {
                "  generation get data@1 /etc/hosts --to /tmp/hosts",
                "  generation get data@1 /home --to /srv/home-as-it-was",
                "  generation get data@1 / --group docs --to-disk data"
            })
    void get(
            @Parameters(paramLabel = "GENERATION", description = "Id of the generation.") String id,
            @Parameters(paramLabel = "PATH", description = "The file or directory in it; / for all.") String path,
            @Option(
                            names = "--group",
                            paramLabel = "GROUP",
                            description = "Of that, only the files of this group, as its list stands now.")
                    String group,
            @Mixin FilesTarget target,
            @Mixin JobOptions options)
            throws Exception {
        var request = new FilesRequest(id, path, group, target.target(call));
        options.show(call, call.service(Backups.class).getFiles(request));
    }

    @Command(
            name = "verify",
            description = "Read and check every byte of a generation, and say what is damaged.",
            footer = {"  generation verify data@1", "  generation verify data@7 --chain"})
    void verify(
            @Parameters(paramLabel = "GENERATION", description = "Id of the generation.") String id,
            @Option(names = "--chain", description = "Check all that it builds upon too.") boolean chain,
            @Mixin JobOptions options)
            throws Exception {
        options.show(call, call.service(Backups.class).verify(id, chain));
    }

    @Command(
            name = "restore",
            description = {
                "Restore a generation to a file, which is made sparse, or onto a disk.",
                "Of a group's generation, restore its files: into a new folder, or onto a disk that nodes share files on,"
                        + " where they were; other files stay."
            },
            footer = {
                "  generation restore data@1 --to /srv/restored.img",
                "  generation restore data@1 --to-disk data --node n1 --force",
                "  generation restore data@9 --to-disk data --after monday --force"
            })
    void restore(
            @Parameters(paramLabel = "GENERATION", description = "Id of the generation.") String id,
            @Option(names = "--to", paramLabel = "PATH", description = "The file, or of a group the folder, to make.")
                    String file,
            @Option(
                            names = "--overwrite",
                            description =
                                    "Replace the file if there is one, once the restore is whole; write onto it if"
                                            + " it is a block device.")
                    boolean overwrite,
            @Option(names = "--to-disk", paramLabel = "DISK", description = "The disk to write onto; needs --force.")
                    String disk,
            @Option(
                            names = "--node",
                            paramLabel = "NODE",
                            description = "The node that writes onto the disk; the first one if not given.")
                    String node,
            @Option(names = "--force", description = "Do overwrite the disk.") boolean force,
            @Option(
                            names = "--rate",
                            paramLabel = "RATE",
                            description = "Write no faster than this, such as 100MB/s; no limit if not given.")
                    ByteRate rate,
            @Option(
                            names = "--after",
                            paramLabel = "MARK",
                            description = "Write only what generations made after this mark hold, and leave all else in"
                                    + " the target, which must be there, as it is.")
                    String mark,
            @Mixin JobOptions options)
            throws Exception {
        var target = new RestoreTarget(file, overwrite, disk, node, force);
        options.show(call, call.service(Backups.class).restore(target.request(call, id, mark, rate)));
    }

    @Command(
            name = "remove",
            description = "Remove a generation and its data, at once and for good.",
            footer = "  generation remove data@1")
    void remove(@Parameters(paramLabel = "GENERATION", description = "Id of the generation.") String id)
            throws IOException {
        call.service(Generations.class).remove(id);
        call.say("generation " + id + " is removed");
    }
}
