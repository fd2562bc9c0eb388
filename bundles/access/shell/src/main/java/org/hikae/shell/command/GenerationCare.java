package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.DrillRequest;
import org.hikae.api.backup.RebaseRequest;
import org.hikae.api.backup.RetentionRequest;
import org.hikae.api.job.Job;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.media.MergeRequest;
import org.hikae.api.nbd.NbdExport;
import org.hikae.api.nbd.NbdServer;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The verbs of {@code generation} that put generations to use and care for chains: mounting, merging, moving and proving.
 * They are public since verbs are inherited only so.
 */
abstract class GenerationCare extends GenerationTiers {

    GenerationCare(Call call) {
        super(call);
    }

    @Command(
            name = "mount",
            description = {
                "Keep a generation open for clients of NBD, read-only and straight from its medium: nothing is copied. It"
                        + " stays mounted until 'generation unmount' or the end of the platform, and cannot be removed"
                        + " meanwhile. Needs a platform that goes on: see 'hikae serve'.",
                "With --in-place, let it take the place of a disk instead: whoever uses the disk sees the generation, at"
                        + " once. That outlasts the platform."
            },
            footer = {
                "  generation mount data@1",
                "  generation mount data@1 --in-place --force",
                "  generation mount data@1 --in-place --to spare --no-restore --force"
            })
    public void mount(
            @Parameters(paramLabel = "GENERATION", description = "Id of the generation.") String id,
            @Mixin InPlaceOptions inPlace,
            @Mixin JsonOption json)
            throws Exception {
        inPlace.check();
        if (inPlace.chosen) {
            new InPlaceMounting(call, id).mount(inPlace, json.on);
            return;
        }
        NbdExport export = call.service(NbdServer.class).mount(id);
        if (json.on) {
            call.print(NbdCommand.json(export).node());
            return;
        }
        call.say("generation " + id + " is mounted: " + export.uri());
        call.note("for instance:");
        call.note("  nbdinfo '" + export.uri() + "'");
        call.note("  qemu-img info '" + export.uri() + "'");
        call.note("  touch disk.img && nbdfuse disk.img '" + export.uri() + "'");
    }

    @Command(
            name = "unmount",
            description = "Keep a generation open no longer. Clients go on with what they have. With --in-place, have"
                    + " the old disk back, as long as nothing was written to it.",
            footer = {"  generation unmount data@1", "  generation unmount data@1 --in-place"})
    public void unmount(
            @Parameters(paramLabel = "GENERATION", description = "Id of the generation.") String id,
            @Option(names = "--in-place", description = "End its standing in for a disk.") boolean inPlace,
            @Option(
                            names = "--to",
                            paramLabel = "DISK",
                            description = "With --in-place: the disk, if it stands in for several.")
                    String disk)
            throws IOException {
        if (disk != null && !inPlace) {
            throw new UsageException("--to goes with --in-place");
        } else if (inPlace) {
            new InPlaceMounting(call, id).undo(disk);
            return;
        }
        call.service(NbdServer.class).unmount(id);
        call.say("generation " + id + " is not mounted any more");
    }

    @Command(
            name = "merge",
            description = {
                "Make one generation of neighbours of a chain. It bears the newest one's name and holds what that one"
                        + " holds; the others are gone as such, and their instants with them. Frames are not"
                        + " compressed again, and whoever reads goes on undisturbed.",
                "With --auto, merge what need not be kept; with --remove, remove what nothing needs then."
            },
            footer = {
                "  generation merge data@1..data@5",
                "  generation merge data@1..5 --to vault",
                "  generation merge --auto data --keep last=7,daily=14,monthly=12 --dry-run",
                "  generation merge --auto data --group docs --keep last=7 --remove"
            })
    public void merge(
            @Parameters(
                            paramLabel = "FROM..TO",
                            arity = "0..1",
                            description = "The oldest and the newest, such as data@1..data@5 or data@1..5.")
                    String range,
            @Mixin MergeOptions merge,
            @Mixin JobOptions options)
            throws Exception {
        merge.check(range);
        if (range != null) {
            options.show(call, merge(GenerationRange.parse(range), merge.medium));
            return;
        }
        RetentionRequest request = merge.retention();
        List<GenerationInfo> generations = call.service(Generations.class).list();
        Find.diskOf(call.services(), generations, request.disk());
        Find.groupOf(call.services(), generations, request.group());
        if (merge.dryRun) {
            new RetentionViews(call).print(call.service(Backups.class).plan(request), options.json);
        } else {
            options.show(call, call.service(Backups.class).retain(request));
        }
    }

    private Job merge(GenerationRange range, String medium) throws IOException {
        if (medium == null && range.from() == range.to()) {
            throw new UsageException("there is nothing to merge in one generation; --to MEDIUM would move it");
        }
        return call.service(Backups.class).merge(new MergeRequest(range.oldest(), range.newest(), medium));
    }

    @Command(
            name = "rebase",
            description = "Move a generation and all that it builds upon to another medium, one by one, the oldest"
                    + " first. What was moved stays so if it ends early; give the command again to go on.",
            footer = {"  generation rebase data@7 --to shelf", "  generation rebase data@7 --to shelf --merged"})
    public void rebase(
            @Parameters(paramLabel = "GENERATION", description = "Id of the newest generation of the chain.") String id,
            @Option(
                            names = "--to",
                            paramLabel = "MEDIUM",
                            required = true,
                            description = "Name of the medium to move to.")
                    String medium,
            @Option(
                            names = "--merged",
                            description = "As one full generation: those that it builds upon become part of it.")
                    boolean merged,
            @Mixin JobOptions options)
            throws Exception {
        options.show(call, call.service(Backups.class).rebase(new RebaseRequest(id, medium, merged)));
    }

    @Command(
            name = "drill",
            description = "Prove that a generation can be used: check its file system in a copy, read every file, and"
                    + " compare with what is known of it. What came of it is recorded, and listed with the"
                    + " generation.",
            footer = {"  generation drill data@3", "  generation drill data@3 --scratch /var/tmp"})
    public void drill(
            @Parameters(paramLabel = "GENERATION", description = "Id of the generation.") String id,
            @Option(
                            names = "--scratch",
                            paramLabel = "FOLDER",
                            description = "The folder for the copy, which takes at most what the disk held; in the"
                                    + " home if not given.")
                    String scratch,
            @Mixin JobOptions options)
            throws Exception {
        var request = new DrillRequest(id, scratch == null ? null : call.path(scratch));
        options.show(call, call.service(Backups.class).drill(request));
    }
}
