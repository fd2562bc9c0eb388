package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.hikae.api.files.RunId;

/** What is to be done to share what is in a part. */
public enum SharingState {
    /** It was not looked at yet. */
    NEW,
    /** Others may have the same. */
    WAITING,
    /** Nothing. */
    DONE,
    /** It failed, and is tried again after the next start, or a day. */
    FAILED;

    /** A part, and whose. */
    public record Part(RunId run, PartRow row) {}

    /** Parts in that state. */
    public List<Part> next(Connection connection, int limit) throws SQLException {
        return Sql.query(
                connection,
                "sharing.next",
                result -> new Part(
                        new RunId(result.getString("origin"), result.getString("name"), result.getLong("number")),
                        PartRow.read(result)),
                ordinal(),
                limit);
    }

    /** That is how it stands with a part. */
    public void enter(Connection connection, PartRow part) throws SQLException {
        Sql.update(connection, "sharing.become", ordinal(), part.run(), part.first());
    }

    /** That is how it stands with the parts of a run that have something of these frames. @param end number of the frame behind them */
    public void enter(Connection connection, long run, long first, long end) throws SQLException {
        Sql.update(connection, "sharing.again", ordinal(), run, end, first);
    }

    /** Those that failed are tried again. */
    public static int retry(Connection connection) throws SQLException {
        return Sql.update(connection, "sharing.retry");
    }
}
