package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.hikae.api.files.RunId;

/**
 * A part of a run: an object on a medium.
 *
 * @param bytes of the object
 * @param framesAt where in the object its first frame begins
 * @param framesEnd where its last frame ends
 * @param state of the reading of the run behind it, encoded, without what is not needed to go on
 * @param open where the file begins whose content goes on behind it; null: none does
 * @param ended whether it has the run's last frame
 */
public record PartRow(
        long run,
        long first,
        long frames,
        String medium,
        long bytes,
        long framesAt,
        long framesEnd,
        byte[] state,
        Open open,
        boolean ended) {

    /**
     * A file whose content is not all there.
     *
     * @param frame in which it begins
     * @param item which of the frame's items it is, from 0 on
     * @param position of that frame in its object
     */
    public record Open(long frame, int item, long position) {}

    static PartRow read(ResultSet result) throws SQLException {
        long open = result.getLong("open_frame");
        return new PartRow(
                result.getLong("run"),
                result.getLong("first"),
                result.getLong("frames"),
                result.getString("medium"),
                result.getLong("bytes"),
                result.getLong("frames_at"),
                result.getLong("frames_end"),
                result.getBytes("state"),
                open < 0 ? null : new Open(open, result.getInt("open_item"), result.getLong("open_position")),
                result.getBoolean("ended"));
    }

    /** The same of a run. @param open where the file begins whose content goes on behind it; null: none does */
    PartRow of(long run, Open open) {
        return new PartRow(run, first, frames, medium, bytes, framesAt, framesEnd, state, open, ended);
    }

    /** Number of the frame behind it. */
    public long end() {
        return first + frames;
    }

    /** By first frame. */
    public static List<PartRow> list(Connection connection, long run) throws SQLException {
        return Sql.query(connection, "part.of", PartRow::read, run);
    }

    /** The one with a frame. */
    public static Optional<PartRow> with(Connection connection, long run, long frame) throws SQLException {
        return Sql.query(connection, "part.at", PartRow::read, run, frame).stream()
                .filter(part -> frame < part.end())
                .findFirst();
    }

    /** Whether there is one that begins with this frame. */
    public static boolean isThere(Connection connection, long run, long first) throws SQLException {
        return after(connection, run, first) == first;
    }

    /** First frame of the first part from a frame on; -1: there is none. */
    public static long after(Connection connection, long run, long frame) throws SQLException {
        return Sql.number(connection, "part.after", run, frame);
    }

    /** Whose run that is. */
    public static Optional<RunId> runId(Connection connection, long run) throws SQLException {
        return Sql.query(
                        connection,
                        "run.names",
                        result -> new RunId(result.getString(1), result.getString(2), result.getLong(3)),
                        run)
                .stream()
                .findFirst();
    }

    public static List<String> media(Connection connection) throws SQLException {
        return Sql.query(connection, "part.media", result -> result.getString(1));
    }

    /**
     * A part that the tables have.
     *
     * @param run id of its run's row
     */
    public record Known(long run, RunId id, long first, long bytes) {}

    /** Parts on a medium, in the order of their keys. @param after those behind this one; null: from the first on */
    public static List<Known> on(Connection connection, String medium, Known after, int limit) throws SQLException {
        long run = after == null ? -1 : after.run;
        return Sql.query(
                connection,
                "part.known",
                result -> new Known(
                        result.getLong(1),
                        new RunId(result.getString(2), result.getString(3), result.getLong(4)),
                        result.getLong(5),
                        result.getLong(6)),
                medium,
                run,
                run,
                after == null ? -1 : after.first,
                limit);
    }

    /** Bytes of all parts. @param origin of this one alone; null: of all */
    public static long bytes(Connection connection, String origin) throws SQLException {
        return origin == null ? Sql.number(connection, "part.bytes") : Sql.number(connection, "part.bytes.of", origin);
    }

    public void insert(Connection connection) throws SQLException {
        Sql.update(
                connection,
                "part.insert",
                run,
                first,
                frames,
                medium,
                bytes,
                framesAt,
                framesEnd,
                state,
                open == null ? -1L : open.frame,
                open == null ? 0 : open.item,
                open == null ? 0L : open.position,
                ended);
    }

    public void delete(Connection connection) throws SQLException {
        Sql.update(connection, "part.delete", run, first);
    }
}
