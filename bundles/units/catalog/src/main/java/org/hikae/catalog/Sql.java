package org.hikae.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.hikae.sql.Migrations;
import org.hikae.sql.Statements;
import org.hikae.sql.Table;

/** The SQL of the catalog, which lies in resources. */
final class Sql {

    static final Statements STATEMENTS = new Statements(Sql.class);

    /** Version of the schema that this Hikae works with. */
    static final int VERSION = 1;

    private Sql() {}

    static String of(String name) {
        return STATEMENTS.of(name);
    }

    /** What a statement by name says. */
    static <T> List<T> query(Connection connection, String name, Table.Parameters parameters, Table.Reader<T> reader)
            throws SQLException {
        return Table.query(connection, of(name), parameters, reader);
    }

    static Migrations schema() {
        return Migrations.of("hikae_schema", STATEMENTS, VERSION);
    }
}
