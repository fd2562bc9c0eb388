package org.hikae.shell.command;

import java.util.List;
import org.hikae.api.backup.TapeJobs;
import org.hikae.shell.call.Call;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The verb of {@code generation} by which data leaves its media. It is public since verbs are inherited only so. */
abstract class GenerationTiers extends GenerationPins {

    GenerationTiers(Call call) {
        super(call);
    }

    @Command(
            name = "evict",
            description = "Delete the data of generations on their media, where it is proven to be on tape. They are"
                    + " listed, mounted and restored as before, and read from tape.",
            footer = {"  generation evict data@1", "  generation evict data@1 data@2"})
    public void evict(
            @Parameters(paramLabel = "GENERATION", arity = "1..*", description = "Ids of the generations.")
                    List<String> generations,
            @Mixin JobOptions options)
            throws Exception {
        BackupCommand.checkOnce("generation", generations);
        options.show(call, call.service(TapeJobs.class).evict(generations));
    }
}
