package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.hikae.api.files.RunId;

/**
 * A request that waits (e.3).
 *
 * @param id ascending as they arrived
 * @param info the announcement of its run, as text
 * @param arrived milliseconds since 1970
 */
public record RequestRow(long id, String info, long arrived) {

    /** A request that comes in, under a number that no other has. */
    public record New(RunId run, RequestRow row) {}

    private static RequestRow read(ResultSet result) throws SQLException {
        return new RequestRow(result.getLong("id"), result.getString("info"), result.getLong("arrived"));
    }

    /** Those of these runs, if there are any. */
    public static void remove(Connection connection, Collection<RunId> runs) throws SQLException {
        Sql.batch(
                connection,
                "request.delete",
                runs,
                (statement, run) -> Sql.set(statement, run.origin(), run.backup(), run.number()));
    }

    /** There are none of their runs. */
    public static void insert(Connection connection, Collection<New> requests) throws SQLException {
        Sql.batch(connection, "request.insert", requests, (statement, request) -> {
            RunId run = request.run;
            RequestRow row = request.row;
            Sql.set(statement, row.id, run.origin(), run.backup(), run.number(), row.info, row.arrived);
        });
    }

    /** By id, those with a greater one than this, so many at most: fewer only if there are no more. */
    public static List<RequestRow> page(Connection connection, long after, int limit) throws SQLException {
        return Sql.query(connection, "request.page", RequestRow::read, after, limit);
    }

    /** Those whose runs are complete, or were; so many at most. */
    public static List<RequestRow> over(Connection connection, int limit) throws SQLException {
        return Sql.query(connection, "request.over", RequestRow::read, limit);
    }

    public static void removeIds(Connection connection, Collection<Long> ids) throws SQLException {
        Sql.batch(connection, "request.delete.id", ids, Sql::set);
    }

    public static long count(Connection connection) throws SQLException {
        return Sql.number(connection, "request.count");
    }

    /** The greatest id; 0: there is none. */
    public static long last(Connection connection) throws SQLException {
        return Sql.number(connection, "request.last");
    }
}
