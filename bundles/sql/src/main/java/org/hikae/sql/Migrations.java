package org.hikae.sql;

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
public final class Migrations {

    private final String table;
    private final List<String> scripts;

    /**
     * @param table of the database in which the version is noted
     * @param scripts the first one makes version 1 of an empty database
     */
    public Migrations(String table, List<String> scripts) {
        this.table = table;
        this.scripts = List.copyOf(scripts);
    }

    /** Of the resources {@code schema/1.sql} up to a version. */
    public static Migrations of(String table, Statements statements, int version) {
        return new Migrations(
                table,
                IntStream.rangeClosed(1, version)
                        .mapToObj(each -> statements.text("schema/" + each + ".sql"))
                        .toList());
    }

    /** Number of the newest version. */
    public int newest() {
        return scripts.size();
    }

    /** @throws SQLException also if the database has a newer schema: nothing has changed */
    public void apply(Connection connection) throws SQLException {
        execute(
                connection,
                "CREATE TABLE IF NOT EXISTS " + table
                        + " (version INTEGER NOT NULL PRIMARY KEY, applied TIMESTAMP WITH TIME ZONE NOT NULL)");
        int version = version(connection);
        if (version > scripts.size()) {
            throw new SQLException("its schema has version " + version
                    + ", made by a newer Hikae; this one knows versions" + " up to " + scripts.size());
        }
        while (version < scripts.size()) {
            for (String statement : Statements.script(scripts.get(version))) {
                execute(connection, statement);
            }
            note(connection, ++version);
        }
        connection.commit();
    }

    /** The version that a database has; 0: none. */
    public int version(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT MAX(version) FROM " + table);
                ResultSet result = statement.executeQuery()) {
            return result.next() ? result.getInt(1) : 0;
        }
    }

    private void note(Connection connection, int version) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO " + table + " (version, applied) VALUES (?, ?)")) {
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
