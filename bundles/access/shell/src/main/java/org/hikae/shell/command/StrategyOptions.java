package org.hikae.shell.command;

import java.io.IOException;
import java.time.Duration;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.log.Overload;
import org.hikae.api.media.Media;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.UsageException;
import org.hikae.shell.text.TimeSpan;
import picocli.CommandLine.Option;

/** What can be chosen of a log strategy. */
final class StrategyOptions {

    static final String FAIL_BACKUP = "fail-backup";
    static final String HOLD_WRITES = "hold-writes";

    /** Stands for the backup's own medium. */
    private static final String OWN = "-";

    @Option(
            names = "--gather",
            paramLabel = "GATHERING",
            description = "Where they are gathered: central, per-node, or what a bundle brings.")
    private String gather;

    @Option(
            names = "--place",
            paramLabel = "PLACEMENT",
            description = "How they are kept: overlay, separate, medium, or what a bundle brings.")
    private String place;

    @Option(
            names = "--log-medium",
            paramLabel = "MEDIUM",
            description = "The medium that a separate log is kept on; - for the backup's own.")
    private String logMedium;

    @Option(
            names = "--overload",
            paramLabel = "OVERLOAD",
            description = "What is done when the log cannot keep up or its medium is full: fail-backup, or hold-writes:"
                    + " writers wait.")
    private String overload;

    @Option(
            names = "--hold-limit",
            paramLabel = "TIME",
            description =
                    "With hold-writes: how long a write waits at most before the backup fails, 1s to 1h; 60s if not"
                            + " given.")
    private TimeSpan holdLimit;

    /** Whether anything was chosen. */
    boolean choose() {
        return gather != null || place != null || logMedium != null || overload != null || holdLimit != null;
    }

    /**
     * The strategy with what was chosen; the rest stays.
     *
     * @throws IOException if there is no such medium
     */
    LogStrategy changed(LogStrategy old, Call call) throws IOException {
        Overload chosen = overload(old.overload());
        return new LogStrategy(
                gather == null ? old.gather() : gather,
                place == null ? old.place() : place,
                medium(old.logMedium(), call),
                chosen);
    }

    private String medium(String old, Call call) throws IOException {
        if (logMedium == null) {
            return old;
        }
        return logMedium.equals(OWN)
                ? null
                : call.service(Media.class).get(logMedium).name();
    }

    private Overload overload(Overload old) throws UsageException {
        boolean holds = overload == null ? old.holdsWrites() : holdsWrites();
        if (!holds && holdLimit != null) {
            throw new UsageException("--hold-limit goes with --overload " + HOLD_WRITES);
        } else if (!holds) {
            return Overload.FAIL_BACKUP;
        }
        Duration limit = old.holdsWrites() ? old.limit() : Overload.USUAL_LIMIT;
        return hold(holdLimit == null ? limit : holdLimit.duration());
    }

    private boolean holdsWrites() throws UsageException {
        if (!overload.equals(FAIL_BACKUP) && !overload.equals(HOLD_WRITES)) {
            throw new UsageException("there is no policy '" + overload + "': " + FAIL_BACKUP + " or " + HOLD_WRITES);
        }
        return overload.equals(HOLD_WRITES);
    }

    private static Overload hold(Duration limit) throws UsageException {
        try {
            return Overload.holdWrites(limit);
        } catch (IllegalArgumentException e) {
            throw new UsageException("writes can be held for 1s to 1h, not for " + TimeSpan.show(limit));
        }
    }
}
