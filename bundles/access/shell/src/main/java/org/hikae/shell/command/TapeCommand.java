package org.hikae.shell.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.hikae.api.backup.TapeJobs;
import org.hikae.api.tape.BufferStatus;
import org.hikae.api.tape.CartridgeInfo;
import org.hikae.api.tape.Tapes;
import org.hikae.shell.call.Call;
import org.hikae.shell.text.ByteCount;
import org.hikae.shell.text.TimeSpan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tape",
        description =
                "Tapes: libraries, cartridges, and what of generations is on them. A generation that is on tape is"
                        + " listed, mounted and restored as any other.")
final class TapeCommand extends TapeWork {

    TapeCommand(Call call) {
        super(call);
    }

    @Override
    protected Map<String, Object> nested() {
        return Map.of("library", new TapeLibraryVerbs(call));
    }

    @Command(
            name = "list",
            description =
                    "List the cartridges that are known or in a library, how much is written on them, and how much"
                            + " of that is needed still.",
            footer = {"  tape list", "  tape list --pool off-site", "  tape list --library lib --json"})
    void list(
            @Option(names = "--pool", paramLabel = "POOL", description = "Those of this pool alone.") String pool,
            @Option(names = "--library", paramLabel = "LIBRARY", description = "Those in this library alone.")
                    String library,
            @Mixin JsonOption json)
            throws IOException {
        Tapes tapes = call.service(Tapes.class);
        if (library != null) {
            Find.library(tapes, library);
        }
        List<CartridgeInfo> wanted = tapes.cartridges().stream()
                .filter(each -> pool == null || pool.equals(each.pool()))
                .filter(isIn(library))
                .toList();
        String none = pool == null && library == null ? "there are no cartridges" : "there are no such cartridges";
        TapeViews.cartridges(call).print(call, json.on, wanted, none + "; see 'tape library add --help'");
    }

    private static Predicate<CartridgeInfo> isIn(String library) {
        return each -> library == null || library.equals(each.library());
    }

    @Command(
            name = "info",
            description = "Show what is known of a cartridge, and what is on it.",
            footer = "  tape info HK0001L9")
    void info(
            @Parameters(paramLabel = "BARCODE", description = "Barcode of the cartridge.") String barcode,
            @Mixin JsonOption json)
            throws IOException {
        Tapes tapes = call.service(Tapes.class);
        CartridgeInfo cartridge = tapes.cartridge(barcode);
        var contents = tapes.objects(barcode);
        if (json.on) {
            call.print(TapeViews.json(cartridge)
                    .put("contents", TapeViews.objects(call).json(contents))
                    .node());
            return;
        }
        TapeViews.details(cartridge, call).print(call);
        if (!contents.isEmpty()) {
            call.say("");
        }
        TapeViews.objects(call).print(call, false, contents, "nothing that is needed is on it");
    }

    @Command(
            name = "inventory",
            description = "Look into libraries: load each cartridge that is not known, and read whose it is.",
            footer = {"  tape inventory", "  tape inventory lib --relabel"})
    void inventory(
            @Parameters(paramLabel = "LIBRARY", arity = "0..1", description = "Name of the library; all if not given.")
                    String library,
            @Option(names = "--relabel", description = "Read the labels of those too that are known.") boolean relabel,
            @Mixin JobOptions options)
            throws Exception {
        show(call.service(TapeJobs.class).inventory(library, relabel), options, isIn(library));
    }

    @Command(
            name = "label",
            description = "Write a label onto a cartridge, and make it one of a pool. One with anything that is needed"
                    + " is refused. Blank ones are labelled by themselves when they are first written to.",
            footer = {"  tape label HK0001L9", "  tape label HK0001L9 --pool off-site --force"})
    void label(
            @Parameters(paramLabel = "BARCODE", description = "Barcode of the cartridge.") String barcode,
            @Option(names = "--pool", paramLabel = "POOL", description = "Name of the pool; default if not given.")
                    String pool,
            @Option(names = "--force", description = "Also where something foreign is on it, which is lost then.")
                    boolean force,
            @Mixin JobOptions options)
            throws Exception {
        options.show(call, TapePolicies.checkedJob(() -> call.service(TapeJobs.class)
                .label(barcode, pool == null ? Tapes.DEFAULT_POOL : pool, force)));
    }

    @Command(
            name = "erase",
            description = "Make a cartridge scratch: what is on it is gone.",
            footer = {"  tape erase HK0001L9", "  tape erase HK0001L9 --force"})
    void erase(
            @Parameters(paramLabel = "BARCODE", description = "Barcode of the cartridge.") String barcode,
            @Option(
                            names = "--force",
                            description = "Also if there are copies on it that are still listed, or something foreign.")
                    boolean force,
            @Mixin JobOptions options)
            throws Exception {
        options.show(call, call.service(TapeJobs.class).erase(barcode, force));
    }

    @Command(
            name = "lost",
            description = "Declare a cartridge lost for good: it is not waited for and not missed any more, and copies"
                    + " that were on it count no longer. If it is found again, 'catalog rebuild --from tape' reads it.",
            footer = {"  tape lost HK0003L9", "  tape lost HK0003L9 --force", "  tape lost --rest HK0002L9"})
    void lost(
            @Parameters(paramLabel = "BARCODE", description = "Barcode of the cartridge.") String barcode,
            @Option(
                            names = "--force",
                            description = "Also if it has the only copy of something, or nothing is known of"
                                    + " what is on it.")
                    boolean force,
            @Option(
                            names = "--rest",
                            description =
                                    "Not this cartridge, but what went on when it was full, on one that nobody can"
                                            + " name.")
                    boolean rest,
            @Mixin JobOptions options)
            throws Exception {
        if (rest) {
            call.service(Tapes.class).loseRest(barcode);
            call.say("what went on behind cartridge " + barcode + " is not missed any more");
        } else {
            options.show(call, call.service(TapeJobs.class).lose(barcode, force));
        }
    }

    @Command(
            name = "export",
            description = "Move a cartridge to the station of its library, to be taken out. What is on it stays known.",
            footer = "  tape export HK0001L9")
    void export(
            @Parameters(paramLabel = "BARCODE", description = "Barcode of the cartridge.") String barcode,
            @Mixin JobOptions options)
            throws Exception {
        options.show(call, call.service(TapeJobs.class).export(barcode));
    }

    @Command(
            name = "import",
            description = "Move what was put into the stations into free slots, and read whose it is. Who waits for one"
                    + " of them goes on.",
            footer = {"  tape import", "  tape import lib"})
    void importAll(
            @Parameters(paramLabel = "LIBRARY", arity = "0..1", description = "Name of the library; all if not given.")
                    String library,
            @Mixin JobOptions options)
            throws Exception {
        show(call.service(TapeJobs.class).importAll(library), options, isIn(library));
    }

    @Command(
            name = "buffer",
            description = "Choose where blocks that were read from tape are kept, and how many; show how the buffer"
                    + " stands if nothing is chosen.",
            footer = {"  tape buffer", "  tape buffer m1 --size 100GiB", "  tape buffer none"})
    void buffer(
            @Parameters(
                            paramLabel = "MEDIUM|auto|none",
                            arity = "0..1",
                            description = "A medium that can be overwritten, the first such one, or no buffer.")
                    String medium,
            @Option(names = "--size", paramLabel = "SIZE", description = "How much, at least 16MiB.") ByteCount size,
            @Mixin JsonOption json)
            throws IOException {
        Tapes tapes = call.service(Tapes.class);
        BufferStatus buffer = tapes.buffer();
        if (medium != null || size != null) {
            buffer = tapes.setBuffer(
                    Objects.requireNonNullElse(medium, buffer.chosen()), size == null ? 0 : size.bytes());
        }
        if (json.on) {
            call.print(TapeViews.json(buffer).node());
        } else {
            TapeViews.details(buffer).print(call);
        }
    }

    @Command(
            name = "patience",
            description = "Choose how long a reader waits for a cartridge that is in no library; show it if no time is"
                    + " given.",
            footer = {"  tape patience", "  tape patience 1h"})
    void patience(
            @Parameters(paramLabel = "TIME", arity = "0..1", description = "Such as 5min; 0s for not at all.")
                    TimeSpan time,
            @Mixin JsonOption json)
            throws IOException {
        Tapes tapes = call.service(Tapes.class);
        if (time != null) {
            tapes.setPatience(time.duration());
        }
        BufferStatus now = tapes.buffer();
        if (json.on) {
            call.print(TapeViews.json(now).node());
        } else {
            call.say(TimeSpan.show(now.patience()));
        }
    }
}
