package org.hikae.shell.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.Backups;
import org.hikae.api.backup.ReplayRequest;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.disk.Disks;
import org.hikae.api.log.LogManager;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.media.LogPlace;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.Thing;
import org.hikae.shell.call.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "bilog", description = "The before-image logs that are kept while backups run.")
final class BilogCommand extends Thing {

    /** Why a named medium is not used, by placement; others' placements may do with it what they like. */
    private static final Map<String, String> UNUSED = Map.of(
            LogPlace.OVERLAY.text(), "a log that is laid over",
            LogPlace.MEDIUM.text(), "a log that is kept at its place");

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

    @Command(
            name = "strategy",
            description =
                    "Choose where before-images are gathered and kept, for a disk or by default; show the choices if"
                            + " nothing is chosen. The next backup uses them.",
            footer = {
                "  bilog strategy",
                "  bilog strategy data --gather per-node --place separate --log-medium m2",
                "  bilog strategy data --overload hold-writes --hold-limit 5min",
                "  bilog strategy data --reset"
            })
    void strategy(
            @Parameters(
                            paramLabel = "DISK",
                            arity = "0..1",
                            description = "Name of the disk; if not given, the default is meant.")
                    String disk,
            @Mixin StrategyOptions options,
            @Option(names = "--reset", description = "Forget what was chosen for the disk, or as the default.")
                    boolean reset,
            @Mixin JsonOption json)
            throws IOException {
        if (reset && options.choose()) {
            throw new UsageException("--reset forgets a choice: give nothing to choose with it");
        }
        IgnoredFiles.note(call, IgnoredFiles.STRATEGIES);
        LogManager logs = call.service(LogManager.class);
        if (disk != null) {
            Find.disk(call.service(Disks.class), disk);
        }
        if (reset) {
            logs.setStrategy(disk, null);
        } else if (options.choose()) {
            logs.setStrategy(disk, options.changed(logs.strategy(disk), call));
            noteUnused(logs.strategy(disk));
        }
        StrategyRow.LISTING.print(call, json.on, rows(logs, disk), "");
    }

    private List<StrategyRow> rows(LogManager logs, String disk) throws IOException {
        if (disk != null) {
            return List.of(StrategyRow.of(disk, logs));
        }
        List<StrategyRow> rows = new ArrayList<>();
        rows.add(StrategyRow.of(null, logs));
        for (DiskStatus each : call.service(Disks.class).list()) {
            rows.add(StrategyRow.of(each.name(), logs));
        }
        return rows;
    }

    private void noteUnused(LogStrategy strategy) {
        String what = UNUSED.get(strategy.place());
        if (strategy.logMedium() != null && what != null) {
            call.note(what + " lies on the backup's own medium: " + strategy.logMedium()
                    + " is not used until --place separate is chosen");
        }
    }
}
