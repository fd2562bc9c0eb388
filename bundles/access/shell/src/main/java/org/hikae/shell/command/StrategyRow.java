package org.hikae.shell.command;

import org.hikae.api.log.LogManager;
import org.hikae.api.log.LogStrategy;
import org.hikae.api.log.Overload;
import org.hikae.shell.text.Json;
import org.hikae.shell.text.TimeSpan;

/**
 * The strategy in force for a disk; with null the default one.
 *
 * @param chosen whether somebody chose it for just this
 */
record StrategyRow(String disk, LogStrategy strategy, boolean chosen) {

    static final Listing<StrategyRow> LISTING = new Listing<>(StrategyRow::json)
            .text("DISK", row -> row.disk == null ? "(default)" : row.disk)
            .text("GATHER", row -> row.strategy.gather())
            .text("PLACE", row -> row.strategy.place())
            .text("LOG MEDIUM", row -> row.strategy.logMedium() == null ? "(the backup's)" : row.strategy.logMedium())
            .text("OVERLOAD", row -> show(row.strategy.overload()))
            .text("CHOSEN", row -> row.chosen ? "yes" : row.disk == null ? "built in" : "default");

    static StrategyRow of(String disk, LogManager logs) {
        return new StrategyRow(disk, logs.strategy(disk), logs.hasStrategy(disk));
    }

    private static String show(Overload overload) {
        return overload.holdsWrites()
                ? StrategyOptions.HOLD_WRITES + " " + TimeSpan.show(overload.limit())
                : StrategyOptions.FAIL_BACKUP;
    }

    private Json json() {
        Overload overload = strategy.overload();
        return new Json()
                .put("disk", disk)
                .put("gather", strategy.gather())
                .put("place", strategy.place())
                .put("logMedium", strategy.logMedium())
                .put("overload", overload.holdsWrites() ? StrategyOptions.HOLD_WRITES : StrategyOptions.FAIL_BACKUP)
                .put(
                        "holdLimitSeconds",
                        overload.holdsWrites() ? overload.limit().toSeconds() : null)
                .put("chosen", chosen);
    }
}
