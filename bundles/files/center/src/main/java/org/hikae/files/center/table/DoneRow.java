package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * A request that is done (e.3).
 *
 * @param id ascending as they were done
 * @param info the announcement of its run, as text
 * @param arrived milliseconds since 1970
 * @param ended milliseconds since 1970
 */
public record DoneRow(long id, String info, long arrived, long ended) {

    private static DoneRow read(ResultSet result) throws SQLException {
        return new DoneRow(
                result.getLong("id"), result.getString("info"), result.getLong("arrived"), result.getLong("ended"));
    }

    public static void insert(Connection connection, Collection<DoneRow> rows) throws SQLException {
        Sql.batch(
                connection,
                "done.insert",
                rows,
                (statement, row) -> Sql.set(statement, row.id, row.info, row.arrived, row.ended));
    }

    /** The newest first, those with a smaller id than this, so many at most: fewer only if there are no more. */
    public static List<DoneRow> page(Connection connection, long before, int limit) throws SQLException {
        return Sql.query(connection, "done.page", DoneRow::read, before, limit);
    }

    /** The greatest id; 0: there is none. */
    public static long last(Connection connection) throws SQLException {
        return Sql.number(connection, "done.last");
    }

    /** Forgets those up to this one. */
    public static void removeUpTo(Connection connection, long id) throws SQLException {
        Sql.update(connection, "done.delete", id);
    }
}
