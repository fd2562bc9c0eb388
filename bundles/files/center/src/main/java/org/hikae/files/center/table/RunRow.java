package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A run of which something is or was here.
 *
 * @param taken milliseconds since 1970
 * @param info its announcement, as text
 * @param durable number of frames from the first on that are here; of one that is not kept, that were
 * @param complete whether these are or were all
 */
public record RunRow(
        long id,
        long backup,
        long number,
        long base,
        long taken,
        String info,
        long durable,
        boolean complete,
        State state) {

    /** What is to become of it. */
    public enum State {
        KEPT,
        /** Nobody wants what was there then; what later runs have of it stays. */
        DROPPED,
        /** Others have it, and nothing of it stays. */
        RELEASED
    }

    private static final State[] STATES = State.values();

    static RunRow read(ResultSet result) throws SQLException {
        return new RunRow(
                result.getLong("id"),
                result.getLong("backup"),
                result.getLong("number"),
                result.getLong("base"),
                result.getLong("taken"),
                result.getString("info"),
                result.getLong("durable"),
                result.getBoolean("complete"),
                STATES[result.getInt("state")]);
    }

    public static Optional<RunRow> find(Connection connection, long backup, long number) throws SQLException {
        return Sql.query(connection, "run.find", RunRow::read, backup, number).stream()
                .findFirst();
    }

    /** The row, made if there is none. */
    public static RunRow make(Connection connection, long backup, long number, long base, long taken, String info)
            throws SQLException {
        Optional<RunRow> found = find(connection, backup, number);
        if (found.isPresent()) {
            return found.get();
        }
        RunRow made =
                new RunRow(Sql.number(connection, "run.id"), backup, number, base, taken, info, 0, false, State.KEPT);
        Sql.update(connection, "run.insert", made.id, backup, number, base, taken, info);
        return made;
    }

    /** By number. */
    public static List<RunRow> list(Connection connection, long backup) throws SQLException {
        return Sql.query(connection, "run.of", RunRow::read, backup);
    }

    /** The highest number of a complete run, here or not any more; 0: none. */
    public static long newest(Connection connection, long backup) throws SQLException {
        return Sql.number(connection, "run.newest", backup);
    }

    /** The highest number of any run; 0: none. */
    public static long last(Connection connection, long backup) throws SQLException {
        return Sql.number(connection, "run.last", backup);
    }

    /** The highest number of a kept run that was taken no later; 0: none. */
    public static long at(Connection connection, long backup, long millis) throws SQLException {
        return Sql.number(connection, "run.at", backup, millis);
    }

    /** The highest number of a complete run that is kept and was taken no later; 0: none. */
    public static long wholeAt(Connection connection, long backup, long millis) throws SQLException {
        return Sql.number(connection, "run.whole.at", backup, millis);
    }

    /** Whether behind a number runs may be missing that were never here: a complete one builds upon none, and the one before it is unknown. */
    public static boolean hasGapAfter(Connection connection, long backup, long number) throws SQLException {
        return Sql.number(connection, "run.gaps.after", backup, number) > 0;
    }

    /** The highest number of a released run that is remembered; 0: none. */
    public static long released(Connection connection, long backup) throws SQLException {
        return Sql.number(connection, "run.released.last", backup);
    }

    /** The lowest number behind another one of a complete run that builds upon none, here or not any more; 0: there is none. */
    public static long fullAfter(Connection connection, long backup, long number) throws SQLException {
        return Sql.number(connection, "run.full.after", backup, number);
    }

    /** The complete runs that are kept, by origin, backup and number. */
    public static <T> List<T> complete(Connection connection, Named<T> named) throws SQLException {
        return Sql.query(
                connection,
                "run.complete",
                result -> named.of(result.getString("origin"), result.getString("name"), read(result)));
    }

    /** Makes something of a run and its names. */
    @FunctionalInterface
    public interface Named<T> {
        T of(String origin, String backup, RunRow run) throws SQLException;
    }

    /** The number of a run that is here. */
    public static long number(Connection connection, long id) throws SQLException {
        return Sql.number(connection, "run.number", id);
    }

    /** Whether a run that is not here was released and is not remembered any more: later ones were released, which happens in their order. */
    public static boolean isForgotten(Connection connection, long backup, long number) throws SQLException {
        return Sql.number(connection, "run.released.after", backup, number) > 0;
    }

    /** Forgets kept runs of which no part is here. */
    public static int deleteEmpty(Connection connection) throws SQLException {
        return Sql.update(connection, "run.empty");
    }

    /** What is durable of it now. */
    void update(Connection connection, long frames, boolean whole) throws SQLException {
        Sql.update(connection, "run.durable", frames, whole, id);
    }

    public void become(Connection connection, State next, boolean whole, long frames) throws SQLException {
        if (next == State.DROPPED) {
            Sql.update(connection, "backup.unswept", true, backup);
        }
        Sql.update(connection, "run.state", next.ordinal(), whole, frames, id);
    }

    public void delete(Connection connection) throws SQLException {
        Sql.update(connection, "run.delete", id);
    }
}
