package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** How much there is of an origin. */
public record Totals(long versions, long bytes) {

    /** By origin. */
    public static Map<String, Totals> all(Connection connection) throws SQLException {
        Map<String, Totals> all = new TreeMap<>();
        Sql.query(connection, "entry.totals", result -> Map.entry(result.getString(1), result.getLong(2)))
                .forEach(each -> all.merge(each.getKey(), new Totals(each.getValue(), 0), Totals::plus));
        Sql.query(connection, "part.totals", result -> Map.entry(result.getString(1), result.getLong(2)))
                .forEach(each -> all.merge(each.getKey(), new Totals(0, each.getValue()), Totals::plus));
        return all;
    }

    private Totals plus(Totals other) {
        return new Totals(versions + other.versions, bytes + other.bytes);
    }
}
