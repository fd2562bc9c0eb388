package org.hikae.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A table that is kept like a map. Its statements are named after it: {@code insert} and {@code update} have the same parameters
 * in the same order, those of the key last, which {@code delete} has too.
 *
 * @param <K> the key
 * @param <R> a row, equal to another if nothing differs
 */
public final class Table<K, R> {

    private static final int BATCH = 500;

    private final Statements statements;
    private final String name;
    private final Binder<R> row;
    private final Binder<K> key;

    /** @param statements have its statements */
    public Table(Statements statements, String name, Binder<R> row, Binder<K> key) {
        this.statements = statements;
        this.name = name;
        this.row = row;
        this.key = key;
    }

    /** Sets the parameters of a statement. */
    @FunctionalInterface
    public interface Binder<T> {
        void bind(PreparedStatement statement, T value) throws SQLException;
    }

    /** What a row of a result says. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet result) throws SQLException;
    }

    /** Writes what differs. */
    public void change(Connection connection, Map<K, R> from, Map<K, R> to) throws SQLException {
        List<K> gone = from.keySet().stream().filter(at -> !to.containsKey(at)).toList();
        List<R> added = new ArrayList<>();
        List<R> changed = new ArrayList<>();
        to.forEach((at, now) -> {
            R before = from.get(at);
            if (before == null) {
                added.add(now);
            } else if (!before.equals(now)) {
                changed.add(now);
            }
        });
        execute(connection, "delete", key, gone);
        execute(connection, "update", row, changed);
        execute(connection, "insert", row, added);
    }

    private <T> void execute(Connection connection, String what, Binder<T> binder, List<T> all) throws SQLException {
        if (all.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(statements.of(name + "." + what))) {
            for (int i = 0; i < all.size(); i++) {
                binder.bind(statement, all.get(i));
                statement.addBatch();
                if (i % BATCH == BATCH - 1) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
        }
    }

    public void clear(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(statements.of(name + ".clear"))) {
            statement.executeUpdate();
        }
    }

    public long count(Connection connection) throws SQLException {
        return query(connection, statements.of(name + ".count"), statement -> {}, result -> result.getLong(1))
                .get(0);
    }

    /** Sets the parameters of a query. */
    @FunctionalInterface
    public interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    /** What a query says. @param sql the query itself */
    public static <T> List<T> query(Connection connection, String sql, Parameters parameters, Reader<T> reader)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.set(statement);
            List<T> all = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    all.add(reader.read(result));
                }
            }
            return all;
        }
    }

    /** Sets a parameter, which may be null. */
    public static void set(PreparedStatement statement, int at, Instant instant) throws SQLException {
        if (instant == null) {
            statement.setNull(at, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            statement.setObject(at, millis(instant).atOffset(ZoneOffset.UTC));
        }
    }

    /** Databases differ in how much finer they are. */
    public static Instant millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Null if there is none. */
    public static Instant instant(ResultSet result, String column) throws SQLException {
        OffsetDateTime time = result.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
