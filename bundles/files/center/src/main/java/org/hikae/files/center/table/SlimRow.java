package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * An object that is stored without what others have too.
 *
 * @param name of the object as it is known
 * @param form which of its forms it is, from 1 on
 * @param length of the object as it is read
 * @param stored bytes of the form as it lies on the medium
 * @param pending whether another form of the object may be there still
 */
public record SlimRow(String medium, String name, long form, long length, long stored, boolean pending) {

    private static SlimRow read(ResultSet result) throws SQLException {
        return new SlimRow(
                result.getString("medium"),
                result.getString("name"),
                result.getLong("form"),
                result.getLong("length"),
                result.getLong("stored"),
                result.getBoolean("pending"));
    }

    /** The forms of an object, the newest last. */
    public static List<SlimRow> of(Connection connection, String medium, String name) throws SQLException {
        return Sql.query(connection, "slim.of", SlimRow::read, medium, name);
    }

    public static List<SlimRow> on(Connection connection, String medium) throws SQLException {
        return Sql.query(connection, "slim.on", SlimRow::read, medium);
    }

    public static List<SlimRow> pending(Connection connection, int limit) throws SQLException {
        return Sql.query(connection, "slim.pending", SlimRow::read, limit);
    }

    /** Bytes that more would be stored if nothing were shared. */
    public static long saved(Connection connection) throws SQLException {
        return Sql.number(connection, "slim.saved");
    }

    /** Enters it as one beside which another form may be. @param commons ids of the objects that it refers to */
    public void insert(Connection connection, Iterable<String> commons) throws SQLException {
        Sql.update(connection, "slim.insert", medium, name, form, length, stored);
        for (String id : commons) {
            Sql.update(connection, "use.insert", medium, id, name, form);
        }
    }

    /** No other form is there. */
    public void settled(Connection connection) throws SQLException {
        Sql.update(connection, "slim.settled", medium, name, form);
    }

    /** It refers to nothing any more. */
    public void delete(Connection connection) throws SQLException {
        Sql.update(connection, "use.delete", medium, name, form);
        Sql.update(connection, "slim.delete", medium, name, form);
    }
}
