package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.SQLException;

/** Whether the tables know all media: these were all looked at since the tables were made, or emptied. */
public final class Whole {

    private Whole() {}

    public static boolean is(Connection connection) throws SQLException {
        return Sql.number(connection, "whole.since") >= 0;
    }

    /** From now on they do. @param millis since 1970 */
    public static void become(Connection connection, long millis) throws SQLException {
        if (!is(connection)) {
            Sql.update(connection, "whole.insert", millis);
        }
    }
}
