package org.hikae.files.center.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.hikae.sql.Statements;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** e.10: a page costs what is in it, and not what comes behind it: the database reads an index in its order, and sorts nothing. */
class PagesTest {

    private static final Statements STATEMENTS = new Statements(Sql.class);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backup.page",
                "backup.origins",
                "part.at",
                "part.known",
                "entry.page",
                "request.page",
                "done.page",
                "transfer.page",
                "transfer.page.origin",
                "transfer.page.peer",
                "slim.pending",
                "common.unused",
                "large.equal",
                "sharing.next",
            })
    void aPageIsReadInTheOrderOfAnIndex(String name) throws Exception {
        Tables tables = TestTables.open(TestTables.url());
        String plan = tables.call(connection -> plan(connection, STATEMENTS.of(name)));
        tables.close();
        assertThat(plan).contains("index sorted");
    }

    private static String plan(Connection connection, String sql) throws SQLException {
        try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + sql)) {
            for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
                explain.setNull(i, Types.NULL);
            }
            try (ResultSet plan = explain.executeQuery()) {
                plan.next();
                return plan.getString(1);
            }
        }
    }
}
