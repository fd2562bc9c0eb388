package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.hikae.api.backup.GenerationOnTape;
import org.hikae.api.backup.MigrateRequest;
import org.hikae.api.backup.TapeJobs;
import org.hikae.api.job.Job;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.Generations;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.Tapes;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verbs of {@code tape} that are about generations. They are public since verbs are inherited only so. */
abstract class TapeWork extends Thing {

    TapeWork(Call call) {
        super(call);
    }

    @Command(
            name = "write",
            description = "Copy generations to tape, with their logs, and read the copies back. What they build upon is"
                    + " copied before them, if the pool does not have it yet; what the pool has is left out.",
            footer = {
                "  tape write data@7",
                "  tape write data@7 mail@3 --pool off-site --drives 2",
                "  tape write data@7 --alone --again"
            })
    public void write(
            @Parameters(paramLabel = "GENERATION", arity = "1..*", description = "Ids of the generations.")
                    List<String> generations,
            @Option(
                            names = "--pool",
                            paramLabel = "POOL",
                            description = "The pool of cartridges; default if not given.")
                    String pool,
            @Option(names = "--alone", description = "Leave out what they build upon.") boolean alone,
            @Option(names = "--again", description = "Make another copy of what the pool has already.") boolean again,
            @Option(
                            names = "--drives",
                            paramLabel = "N",
                            description = "How many are written at the same time, each by a drive of its own; 1 if not"
                                    + " given.")
                    Integer drives,
            @Mixin JobOptions options)
            throws Exception {
        BackupCommand.checkOnce("generation", generations);
        TapeJobs.Write request = TapePolicies.checked(() -> new TapeJobs.Write(
                generations, pool == null ? Tapes.DEFAULT_POOL : pool, alone, again, drives == null ? 1 : drives));
        options.show(call, call.service(TapeJobs.class).write(request));
    }

    @Command(
            name = "verify",
            description =
                    "Read the copies of a generation on tape again, or all of a cartridge, and say what is wrong.",
            footer = {"  tape verify data@7", "  tape verify HK0001L9"})
    public void verify(
            @Parameters(
                            paramLabel = "GENERATION|BARCODE",
                            description = "Id of the generation, or barcode of the cartridge.")
                    String what,
            @Mixin JobOptions options)
            throws Exception {
        TapeJobs jobs = call.service(TapeJobs.class);
        options.show(call, what.contains("@") ? jobs.verify(what) : jobs.verifyCartridge(what));
    }

    @Command(
            name = "generations",
            description = "List the generations of which anything is on tape, and on which cartridges.",
            footer = {"  tape generations", "  tape generations --on HK0001L9"})
    public void generations(
            @Option(names = "--on", paramLabel = "BARCODE", description = "Those on this cartridge alone.")
                    String barcode,
            @Mixin JsonOption json)
            throws IOException {
        if (barcode != null) {
            call.service(Tapes.class).cartridge(barcode);
        }
        List<GenerationOnTape> wanted = call.service(TapeJobs.class).generations().stream()
                .filter(each -> barcode == null || each.cartridges().contains(barcode))
                .toList();
        TapeViews.generations(call, wanted)
                .print(call, json.on, wanted, "no generation is on tape; see 'tape write --help'");
    }

    @Command(
            name = "migrate",
            description = "Copy to tape what is due, and delete the data on media of what may leave them, once.",
            footer = {
                "  tape migrate --disk data --after 7d --keep-both 14d",
                "  tape migrate --above 80 --pool off-site --dry-run"
            })
    public void migrate(@Mixin MigrateOptions which, @Mixin JobOptions options) throws Exception {
        MigrateRequest request = which.request();
        List<GenerationInfo> known = call.service(Generations.class).list();
        Find.diskOf(call.services(), known, request.disk());
        Find.groupOf(call.services(), known, request.group());
        TapeJobs jobs = call.service(TapeJobs.class);
        if (!which.dryRun) {
            options.show(call, jobs.migrate(request));
        } else if (options.detach) {
            throw new UsageException("--dry-run starts no job: leave --detach out");
        } else if (options.json) {
            call.print(new Json().put("steps", jobs.plan(request)).node());
        } else {
            List<String> steps = jobs.plan(request);
            steps.forEach(call::say);
            call.note(steps.isEmpty() ? "there is nothing to do" : "nothing was done");
        }
    }

    /** Follows a job, and shows afterwards how cartridges stand. */
    void show(Job job, JobOptions options, Predicate<CartridgeInfo> which) throws IOException, InterruptedException {
        options.show(call, job);
        if (!options.detach && !options.json) {
            List<CartridgeInfo> cartridges = call.service(Tapes.class).cartridges().stream()
                    .filter(which)
                    .toList();
            call.say("");
            TapeViews.cartridges(call).print(call, false, cartridges, "there are no cartridges");
        }
    }
}
