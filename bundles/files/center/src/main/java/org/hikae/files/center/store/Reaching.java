package org.hikae.files.center.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.hikae.api.files.Reach;
import org.hikae.files.center.store.CenterStore.Query;
import org.hikae.files.center.table.BackupRow;
import org.hikae.files.center.table.RunRow;
import org.hikae.files.center.table.Whole;

/** Tells with which runs what is here of a client ends (R25). Thread-safe. */
final class Reaching {

    private final Core core;

    Reaching(Core core) {
        this.core = core;
    }

    /** As {@link CenterStore#reach}. */
    Map<String, Reach> of(Query query) throws IOException {
        return core.settled(() -> core.tables().call(connection -> {
            if (!Whole.is(connection)) {
                return null;
            }
            Map<String, Reach> reach = new HashMap<>();
            for (BackupRow backup : BackupRow.list(connection, query.origin())) {
                if (query.backup() == null || query.backup().equals(backup.name())) {
                    reach.put(backup.name(), of(connection, backup.id(), query));
                }
            }
            return reach;
        }));
    }

    private static Reach of(Connection connection, long backup, Query query) throws SQLException {
        long run = RunRow.wholeAt(connection, backup, millis(query));
        return new Reach(run, RunRow.newest(connection, backup), RunRow.hasGapAfter(connection, backup, run));
    }

    /** As {@link CenterStore#released}. */
    Map<String, Long> released(Query query) throws IOException {
        return core.settled(() -> core.tables().call(connection -> {
            Map<String, Long> released = new HashMap<>();
            for (BackupRow backup : BackupRow.list(connection, query.origin())) {
                boolean meant = query.backup() == null || query.backup().equals(backup.name());
                long newest = meant ? RunRow.released(connection, backup.id()) : 0;
                if (newest > 0 && !isReplaced(connection, backup.id(), newest, query)) {
                    released.put(backup.name(), newest);
                }
            }
            return released;
        }));
    }

    /** Whether the state that is asked for is made of runs behind a number alone. */
    private static boolean isReplaced(Connection connection, long backup, long number, Query query)
            throws SQLException {
        long full = RunRow.fullAfter(connection, backup, number);
        return full > 0 && full <= RunRow.wholeAt(connection, backup, millis(query));
    }

    private static long millis(Query query) {
        return query.at() == null ? Long.MAX_VALUE : RunText.millis(query.at());
    }
}
