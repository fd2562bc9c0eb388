package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** An object of bytes that several others have. */
public record CommonRow(String medium, String id, long bytes) {

    private static CommonRow read(ResultSet result) throws SQLException {
        return new CommonRow(result.getString("medium"), result.getString("id"), result.getLong("bytes"));
    }

    /** By id. */
    public static List<CommonRow> on(Connection connection, String medium) throws SQLException {
        return Sql.query(connection, "common.on", CommonRow::read, medium);
    }

    /** Those on a medium to which nothing refers. */
    public static List<CommonRow> unused(Connection connection, String medium, int limit) throws SQLException {
        return Sql.query(connection, "common.unused", CommonRow::read, medium, limit);
    }

    /** Media on which there are some to which nothing refers. */
    public static List<String> unusedOn(Connection connection) throws SQLException {
        return Sql.query(connection, "common.unused.on", result -> result.getString(1));
    }

    /** Whether it is there, and nothing refers to it. */
    public boolean isUnused(Connection connection) throws SQLException {
        return Sql.number(connection, "common.is.unused", medium, id) > 0;
    }

    /** One that is not there, and an object that refers to it. */
    public record Gone(String id, String user) {}

    public static List<Gone> gone(Connection connection, String medium, int limit) throws SQLException {
        return Sql.query(
                connection, "common.gone", result -> new Gone(result.getString(1), result.getString(2)), medium, limit);
    }

    public void insert(Connection connection) throws SQLException {
        Sql.update(connection, "common.insert", medium, id, bytes);
    }

    public void delete(Connection connection) throws SQLException {
        Sql.update(connection, "common.delete", medium, id);
    }
}
