package org.hikae.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Brings the schema of a database to the newest version, from one version to the next by a script each, and notes in the
 * database which it has. The note is written after the script and with it, in one transaction. Some databases, H2 is one, end a
 * transaction with each change of a table: so each script can also be run again from its beginning, after a crash in it.
 */
final class Migrations {

    /** Version of the schema that this Hikae works with. */
    static final int VERSION = 1;

    private final List<String> scripts;

    /** @param scripts the first one makes version 1 of an empty database */
    Migrations(List<String> scripts) {
        this.scripts = List.copyOf(scripts);
    }

    static Migrations known() {
        return new Migrations(IntStream.rangeClosed(1, VERSION)
                .mapToObj(version -> Sql.text("schema/" + version + ".sql"))
                .toList());
    }

    /** @throws SQLException also if the database has a newer schema: nothing has changed */
    void apply(Connection connection) throws SQLException {
        execute(connection, Sql.of("schema.create"));
        int version = version(connection);
        if (version > scripts.size()) {
            throw new SQLException("its schema has version " + version
                    + ", made by a newer Hikae; this one knows versions" + " up to " + scripts.size());
        }
        while (version < scripts.size()) {
            for (String statement : Sql.script(scripts.get(version))) {
                execute(connection, statement);
            }
            note(connection, ++version);
        }
        connection.commit();
    }

    static int version(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.of("schema.version"));
                ResultSet result = statement.executeQuery()) {
            return result.next() ? result.getInt(1) : 0;
        }
    }

    private static void note(Connection connection, int version) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Sql.of("schema.applied"))) {
            statement.setInt(1, version);
            Table.set(statement, 2, Instant.now());
            statement.executeUpdate();
        }
        connection.commit();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }
}
