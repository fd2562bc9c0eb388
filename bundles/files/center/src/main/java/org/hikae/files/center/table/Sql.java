package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.hikae.sql.Migrations;
import org.hikae.sql.Statements;
import org.hikae.sql.Table;

/** The SQL of the center's tables, which lies in resources. */
final class Sql {

    private static final Statements STATEMENTS = new Statements(Sql.class);

    /** Version of the schema that this Hikae works with. */
    private static final int VERSION = 4;

    private static final int BATCH = 500;

    private Sql() {}

    static Migrations schema() {
        return Migrations.of("hikae_files_schema", STATEMENTS, VERSION);
    }

    static PreparedStatement prepare(Connection connection, String name, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(STATEMENTS.of(name));
        try {
            set(statement, values);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** Sets parameters: numbers, texts, bytes, truth values. */
    static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
    }

    static int update(Connection connection, String name, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, name, values)) {
            return statement.executeUpdate();
        }
    }

    /** Does it for each, in batches. */
    static <T> void batch(Connection connection, String name, Collection<T> all, Table.Binder<T> binder)
            throws SQLException {
        if (all.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = prepare(connection, name)) {
            int added = 0;
            for (T each : all) {
                binder.bind(statement, each);
                statement.addBatch();
                if (++added % BATCH == 0) {
                    statement.executeBatch();
                }
            }
            if (added % BATCH != 0) {
                statement.executeBatch();
            }
        }
    }

    static <T> List<T> query(Connection connection, String name, Table.Reader<T> reader, Object... values)
            throws SQLException {
        return Table.query(connection, STATEMENTS.of(name), statement -> set(statement, values), reader);
    }

    /** What a statement with one number as its answer says. */
    static long number(Connection connection, String name, Object... values) throws SQLException {
        return query(connection, name, result -> result.getLong(1), values).get(0);
    }
}
