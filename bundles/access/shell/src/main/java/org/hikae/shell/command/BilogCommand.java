package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.ReplayRequest;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.log.LogManager;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.media.Media;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "bilog", description = "The before-image logs that are kept while backups run.")
final class BilogCommand extends Thing {

    /** Stands for the backup's own medium. */
    private static final String OWN = "-";

    private static final String OVERLAY = "overlay";

    private static final Listing<Row> LISTING = new Listing<>(Row::json)
            .text("DISK", row -> row.disk() == null ? "(default)" : row.disk())
            .text("GATHER", row -> row.strategy().gather())
            .text("PLACE", row -> row.strategy().place())
            .text(
                    "LOG MEDIUM",
                    row -> row.strategy().logMedium() == null
                            ? "(the backup's)"
                            : row.strategy().logMedium())
            .text("CHOSEN", row -> row.chosen() ? "yes" : row.disk() == null ? "built in" : "default");

    BilogCommand(Call call) {
        super(call);
    }

    @Command(
            name = "replay",
            description =
                    "Lay a log over a raw image with nothing but their files: each before-image is written to its place. All"
                            + " of the log is checked before anything is written. May be repeated.",
            footer = {
                "  bilog replay /m2/data@1/log.* --onto /srv/copy.img",
                "  bilog replay log.0000 log.0001 --onto /dev/sdx"
            })
    void replay(
            @Parameters(paramLabel = "LOG", arity = "1..*", description = "The log's files, all of them, in any order.")
                    List<String> log,
            @Option(
                            names = "--onto",
                            paramLabel = "IMAGE",
                            required = true,
                            description =
                                    "A raw image of the log's disk, as long as that, or a block device at least that"
                                            + " long. It is written to.")
                    String image,
            @Mixin JobOptions options)
            throws Exception {
        List<Path> files = new ArrayList<>();
        for (String file : log) {
            files.add(call.path(file));
        }
        options.show(call, call.service(Backups.class).replay(new ReplayRequest(files, call.path(image))));
    }

    /**
     * The strategy in force for a disk; with null the default one.
     *
     * @param chosen whether somebody chose it for just this
     */
    private record Row(String disk, LogStrategy strategy, boolean chosen) {

        static Row of(String disk, LogManager logs) {
            return new Row(disk, logs.strategy(disk), logs.hasStrategy(disk));
        }

        Json json() {
            return new Json()
                    .put("disk", disk)
                    .put("gather", strategy.gather())
                    .put("place", strategy.place())
                    .put("logMedium", strategy.logMedium())
                    .put("chosen", chosen);
        }
    }

    @Command(
            name = "strategy",
            description =
                    "Choose where before-images are gathered and kept, for a disk or by default; show the choices if"
                            + " nothing is chosen. The next backup uses them.",
            footer = {
                "  bilog strategy",
                "  bilog strategy data --gather central --place separate --log-medium m2",
                "  bilog strategy data --reset"
            })
    void strategy(
            @Parameters(
                            paramLabel = "DISK",
                            arity = "0..1",
                            description = "Name of the disk; if not given, the default is meant.")
                    String disk,
            @Option(names = "--gather", paramLabel = "GATHERING", description = "Where they are gathered: central.")
                    String gather,
            @Option(
                            names = "--place",
                            paramLabel = "PLACEMENT",
                            description = "How they are kept: separate or overlay.")
                    String place,
            @Option(
                            names = "--log-medium",
                            paramLabel = "MEDIUM",
                            description = "The medium that a separate log is kept on; - for the backup's own.")
                    String logMedium,
            @Option(names = "--reset", description = "Forget what was chosen for the disk, or as the default.")
                    boolean reset,
            @Mixin JsonOption json)
            throws IOException {
        boolean chooses = gather != null || place != null || logMedium != null;
        if (reset && chooses) {
            throw new UsageException("--reset forgets a choice: give nothing to choose with it");
        }
        IgnoredFiles.note(call, IgnoredFiles.STRATEGIES);
        LogManager logs = call.service(LogManager.class);
        if (disk != null) {
            Find.disk(call.service(Disks.class), disk);
        }
        if (reset) {
            logs.setStrategy(disk, null);
        } else if (chooses) {
            LogStrategy old = logs.strategy(disk);
            logs.setStrategy(
                    disk, new LogStrategy(or(gather, old.gather()), or(place, old.place()), medium(logMedium, old)));
            noteUnused(logs.strategy(disk));
        }
        LISTING.print(call, json.on, rows(logs, disk), "");
    }

    private List<Row> rows(LogManager logs, String disk) throws IOException {
        if (disk != null) {
            return List.of(Row.of(disk, logs));
        }
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(null, logs));
        for (DiskStatus each : call.service(Disks.class).list()) {
            rows.add(Row.of(each.name(), logs));
        }
        return rows;
    }

    /** @throws IOException if there is no such medium */
    private String medium(String chosen, LogStrategy old) throws IOException {
        if (chosen == null) {
            return old.logMedium();
        }
        return chosen.equals(OWN) ? null : call.service(Media.class).get(chosen).name();
    }

    private void noteUnused(LogStrategy strategy) {
        if (strategy.logMedium() != null && strategy.place().equals(OVERLAY)) {
            call.note("a log that is laid over lies on the backup's own medium: " + strategy.logMedium()
                    + " is not used until --place separate is chosen");
        }
    }

    private static String or(String chosen, String old) {
        return chosen == null ? old : chosen;
    }
}
