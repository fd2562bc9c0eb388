package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.api.fs.FileName;

/** What the runs of a backup say of a path, one after the other, without what is held. */
final class Chain {

    private static final int ROWS = 1000;

    private Chain() {}

    static List<EntryRow> of(Connection connection, long backup, FileName path) throws SQLException {
        byte[] key = PathKey.of(path);
        for (int rows = ROWS; ; rows *= 10) {
            List<EntryRow> found =
                    Sql.query(connection, "entry.paths", EntryRow::read, backup, key, rows);
            List<EntryRow> chain = new ArrayList<>();
            for (EntryRow each : found) {
                if (each.path().equals(path)) {
                    chain.add(each);
                }
            }
            if (chain.size() < found.size() || found.size() < rows) {
                return chain;
            }
        }
    }
}
