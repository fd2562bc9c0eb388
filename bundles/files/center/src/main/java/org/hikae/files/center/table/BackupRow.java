package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row of some client's backup control table, of which something is or was here.
 *
 * @param fullFrom the next run has to be full, from this number on; 0: it has not
 * @param unswept whether what its dropped runs had may be there still
 * @param listing number of the newest {@code runs} object that is entered, 0: none
 */
public record BackupRow(long id, String origin, String name, long fullFrom, long listing, boolean unswept) {

    private static BackupRow read(ResultSet result) throws SQLException {
        return new BackupRow(
                result.getLong("id"),
                result.getString("origin"),
                result.getString("name"),
                result.getLong("full_from"),
                result.getLong("listing"),
                result.getBoolean("unswept"));
    }

    public static Optional<BackupRow> find(Connection connection, String origin, String name) throws SQLException {
        return Sql.query(connection, "backup.find", BackupRow::read, origin, name).stream()
                .findFirst();
    }

    /** The row, made if there is none. */
    public static BackupRow make(Connection connection, String origin, String name) throws SQLException {
        Optional<BackupRow> found = find(connection, origin, name);
        if (found.isPresent()) {
            return found.get();
        }
        BackupRow made = new BackupRow(Sql.number(connection, "backup.id"), origin, name, 0, 0, false);
        Sql.update(connection, "backup.insert", made.id, origin, name);
        return made;
    }

    /** By name. @param origin of this one; null: of all, by origin and name */
    public static List<BackupRow> list(Connection connection, String origin) throws SQLException {
        return origin == null
                ? Sql.query(connection, "backup.all", BackupRow::read)
                : Sql.query(connection, "backup.of", BackupRow::read, origin);
    }

    /** Page by page in the order of their ids. @param after those with a greater one */
    public static List<BackupRow> page(Connection connection, long after, int limit) throws SQLException {
        return Sql.query(connection, "backup.page", BackupRow::read, after, limit);
    }

    /** Origins in the database's order. @param after those behind this one; null: from the first on */
    public static List<String> origins(Connection connection, String after, int limit) throws SQLException {
        List<String> origins = new ArrayList<>();
        String last = after == null ? "" : after;
        List<String> page;
        do {
            page = Sql.query(connection, "backup.origins", result -> result.getString(1), last, limit);
            for (String origin : page) {
                if (!origin.equals(last) && origins.size() < limit) {
                    origins.add(origin);
                    last = origin;
                }
            }
        } while (page.size() == limit && origins.size() < limit);
        return origins;
    }

    /** Those in which removals were begun, and may not be finished. */
    public static List<BackupRow> unfinished(Connection connection) throws SQLException {
        return Sql.query(connection, "backup.todo", BackupRow::read);
    }

    /** Whether it has to be looked at for what its dropped runs had. */
    void sweep(Connection connection, boolean still) throws SQLException {
        Sql.update(connection, "backup.unswept", still, id);
    }

    public void wantFull(Connection connection, long from) throws SQLException {
        Sql.update(connection, "backup.full", from, id);
    }

    /** A full run of that number is complete. */
    void hasFull(Connection connection, long number) throws SQLException {
        Sql.update(connection, "backup.full.done", id, number);
    }

    public void entered(Connection connection, long number) throws SQLException {
        Sql.update(connection, "backup.listing", number, id);
    }
}
