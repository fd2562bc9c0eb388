package org.hikae.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.hikae.sql.Migrations;
import org.hikae.sql.Statements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationsTest {

    private static final String FIRST = Sql.STATEMENTS.text("schema/1.sql");
    private static final String CREATE =
            "CREATE TABLE hikae_schema (version INTEGER NOT NULL PRIMARY KEY, applied TIMESTAMP WITH TIME ZONE NOT"
                    + " NULL)";
    private static final String SECOND =
            """
            -- A remark.
            ALTER TABLE hikae_group ADD COLUMN IF NOT EXISTS note VARCHAR(10);
            UPDATE hikae_group
            SET note = 'none';
            """;

    private Connection connection;

    @BeforeEach
    void connect() throws Exception {
        connection = Databases.likePostgres().connect();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void apply(String... scripts) throws SQLException {
        new Migrations("hikae_schema", List.of(scripts)).apply(connection);
    }

    private void execute(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    @Test
    void aSchemaIsMadeOnceAndBroughtFurther() throws SQLException {
        apply(FIRST);
        apply(FIRST);
        assertThat(Sql.schema().version(connection)).isEqualTo(1);
        execute("INSERT INTO hikae_group (disk, data, name) VALUES ('d', '{}', 'g')");
        connection.commit();
        apply(FIRST, SECOND);
        assertThat(Sql.schema().version(connection)).isEqualTo(2);
        assertThat(Sql.query(connection, "group.list", statement -> {}, result -> result.getString("name")))
                .containsExactly("g");
        execute("SELECT note FROM hikae_group");
    }

    @Test
    void oneThatWasKilledHalfwayIsRunAgain() throws SQLException {
        execute(CREATE);
        execute(Statements.script(FIRST).get(0));
        connection.rollback();
        apply(FIRST, SECOND);
        assertThat(GroupRow.TABLE.count(connection)).isZero();
        assertThat(Sql.schema().version(connection)).isEqualTo(2);
    }

    @Test
    void oneThatFailsIsNotNoted() throws SQLException {
        assertThatThrownBy(() -> apply(FIRST, "ALTER TABLE nonesuch ADD COLUMN x INTEGER;"))
                .isInstanceOf(SQLException.class);
        connection.rollback();
        assertThat(Sql.schema().version(connection)).isEqualTo(1);
        apply(FIRST, SECOND);
    }

    @Test
    void aNewerSchemaIsRefused() throws SQLException {
        apply(FIRST, SECOND);
        assertThatThrownBy(() -> apply(FIRST))
                .hasMessage("its schema has version 2, made by a newer Hikae; this one knows versions up to 1");
    }
}
