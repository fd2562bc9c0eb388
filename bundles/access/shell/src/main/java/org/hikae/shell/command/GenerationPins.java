package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import org.hikae.api.media.Generations;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The verbs of {@code generation} by which people keep one. They are public since verbs are inherited only so. */
abstract class GenerationPins extends Thing {

    /** Who holds a generation that is pinned. */
    private static final String HOLDER = "pin";

    GenerationPins(Call call) {
        super(call);
    }

    @Command(
            name = "pin",
            description =
                    "Keep a generation, whatever retention says: it is neither removed nor merged into a newer one"
                            + " until it is unpinned.",
            footer = "  generation pin data@1")
    public void pin(@Parameters(paramLabel = "GENERATION", description = "Id of the generation.") String id)
            throws IOException {
        call.service(Generations.class).hold(id, HOLDER);
        call.say("generation " + id + " is pinned");
    }

    @Command(
            name = "unpin",
            description = "Keep a generation no longer. It is not removed by that.",
            footer = "  generation unpin data@1")
    public void unpin(@Parameters(paramLabel = "GENERATION", description = "Id of the generation.") String id)
            throws IOException {
        Generations generations = call.service(Generations.class);
        if (!generations.holds().getOrDefault(id, List.of()).contains(HOLDER)) {
            throw new IOException("generation " + id + " is not pinned; see 'generation list'");
        }
        generations.release(id, HOLDER);
        call.say("generation " + id + " is not pinned any more");
    }
}
