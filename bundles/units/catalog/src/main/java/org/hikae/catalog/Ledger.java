package org.hikae.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hikae.sql.Table;

/** Enters into the tables what was seen, in the transaction of whoever calls. Used by the database's thread alone. */
final class Ledger {

    /** The looks that were entered last: an older one that took longer knows nothing new. */
    private long jobsOf;

    private long shelvesOf;

    void enter(Connection connection, Seen seen) throws SQLException {
        if (seen.order() > jobsOf) {
            enterJobs(connection, seen);
        }
        if (seen.shelves() != null && seen.order() > shelvesOf) {
            enterShelves(connection, seen);
        }
    }

    private void enterJobs(Connection connection, Seen seen) throws SQLException {
        Map<Long, JobRow> known = JobRow.known(connection, seen.jobs());
        JobRow.TABLE.change(connection, known, JobRow.after(known, seen.jobs()));
        jobsOf = seen.order();
    }

    private void enterShelves(Connection connection, Seen seen) throws SQLException {
        var known = GenerationRow.known(connection);
        var next = GenerationRow.after(known, seen.shelves(), updated(connection));
        GenerationRow.TABLE.change(connection, known, next);
        var groups = GroupRow.known(connection);
        GroupRow.TABLE.change(connection, groups, GroupRow.after(groups, seen.shelves(), next.values()));
        note(connection, seen.when());
        shelvesOf = seen.order();
    }

    /** Forgets everything, and enters what was seen. */
    void anew(Connection connection, Seen seen) throws SQLException {
        GenerationRow.TABLE.clear(connection);
        GroupRow.TABLE.clear(connection);
        JobRow.TABLE.clear(connection);
        clearNote(connection);
        enterJobs(connection, seen);
        enterShelves(connection, seen);
    }

    /** When the media were last looked at; null: never. */
    static Instant updated(Connection connection) throws SQLException {
        List<Instant> all =
                Sql.query(connection, "update.get", statement -> {}, result -> Table.instant(result, "updated"));
        return all.isEmpty() ? null : all.get(0);
    }

    private static void note(Connection connection, Instant when) throws SQLException {
        clearNote(connection);
        try (PreparedStatement statement = connection.prepareStatement(Sql.of("update.insert"))) {
            Table.set(statement, 1, when);
            statement.executeUpdate();
        }
    }

    private static void clearNote(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.of("update.clear"))) {
            statement.executeUpdate();
        }
    }
}
