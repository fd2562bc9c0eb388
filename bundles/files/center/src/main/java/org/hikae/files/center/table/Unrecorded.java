package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.hikae.api.files.RunId;

/**
 * A part that has come, of whose transfer the history has nothing yet. It is entered in one transaction with the part, and removed in one with
 * the transfer, so that a crash in between loses neither.
 *
 * @param bytes of the part's object
 * @param ended whether it has the run's last frame
 * @param entered milliseconds since 1970
 */
public record Unrecorded(RunId run, long first, long frames, long bytes, boolean ended, long entered) {

    /** Where a part begins. */
    public record Key(RunId run, long first) {}

    static Unrecorded of(NewPart part, long entered) {
        PartRow row = part.row();
        return new Unrecorded(
                new RunId(part.origin(), part.backup(), part.number()),
                row.first(),
                row.frames(),
                row.bytes(),
                row.ended(),
                entered);
    }

    private static Unrecorded read(ResultSet result) throws SQLException {
        return new Unrecorded(
                new RunId(result.getString("origin"), result.getString("backup"), result.getLong("number")),
                result.getLong("first"),
                result.getLong("frames"),
                result.getLong("bytes"),
                result.getBoolean("ended"),
                result.getLong("entered"));
    }

    public Key key() {
        return new Key(run, first);
    }

    /** In place of what is noted of it. */
    void insert(Connection connection) throws SQLException {
        remove(connection, List.of(key()));
        Sql.update(
                connection,
                "unrecorded.insert",
                run.origin(),
                run.backup(),
                run.number(),
                first,
                frames,
                bytes,
                ended,
                entered);
    }

    public static void remove(Connection connection, Collection<Key> parts) throws SQLException {
        Sql.batch(
                connection,
                "unrecorded.delete",
                parts,
                (statement, part) ->
                        Sql.set(statement, part.run.origin(), part.run.backup(), part.run.number(), part.first));
    }

    /** The oldest, so many at most. */
    public static List<Unrecorded> oldest(Connection connection, int limit) throws SQLException {
        return Sql.query(connection, "unrecorded.page", Unrecorded::read, limit);
    }
}
