package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hikae.api.fs.FileName;
import org.hikae.api.fs.FileType;

/**
 * What a run says of a path.
 *
 * @param place where it is said
 * @param last number of the frame in which it ends
 * @param position of its first frame in that frame's object
 * @param number of the run
 * @param until number of the first run from which on it is another one or gone; 0: none. Of one that the same run itself
 *     has replaced, {@code number}
 * @param content where the content is; null: it has none, or ({@code missing}) that is not here
 */
public record EntryRow(
        Place place,
        long last,
        long position,
        long backup,
        long number,
        long until,
        FileName path,
        Kind kind,
        FileType type,
        long size,
        Instant modified,
        byte[] sha256,
        String doubt,
        Content content,
        boolean missing) {

    /** Kinds of entries. */
    public enum Kind {
        GONE,
        VERSION,
        /** A version that no kept run has. It is there as long as its part is, as it would be if the tables were made anew. */
        HIDDEN
    }

    /**
     * Where an item is.
     *
     * @param run id of the run
     * @param item which of the frame's items it is, from 0 on
     */
    public record Place(long run, long frame, int item) {}

    /** Where content is: behind the file at that place. @param last number of the frame in which it ends */
    public record Content(Place place, long last, long position) {}

    private static final Kind[] KINDS = Kind.values();
    private static final FileType[] TYPES = FileType.values();
    private static final int HERE = 1;
    private static final int NONE = 0;
    private static final int MISSING = -1;

    /** Paths begin with a slash, so their keys are in between. */
    static final byte[] FIRST = {};

    static final byte[] BEHIND = {'/' + 1};

    static EntryRow read(ResultSet result) throws SQLException {
        byte[] path = result.getBytes("path");
        byte[] sha256 = result.getBytes("sha256");
        int content = result.getInt("content");
        return new EntryRow(
                new Place(result.getLong("run"), result.getLong("frame"), result.getInt("item")),
                result.getLong("last_frame"),
                result.getLong("position"),
                result.getLong("backup"),
                result.getLong("number"),
                result.getLong("until_number"),
                FileName.of(path == null ? result.getBytes("path_key") : path),
                KINDS[result.getInt("kind")],
                TYPES[result.getInt("type")],
                result.getLong("size"),
                Instant.ofEpochSecond(result.getLong("modified_s"), result.getInt("modified_n")),
                sha256,
                result.getString("doubt"),
                content == HERE ? readContent(result) : null,
                content == MISSING);
    }

    private static Content readContent(ResultSet result) throws SQLException {
        Place place = new Place(
                result.getLong("content_run"), result.getLong("content_frame"), result.getInt("content_item"));
        return new Content(place, result.getLong("content_last"), result.getLong("content_position"));
    }

    /** An entry, and when its run was taken. */
    public record Taken(EntryRow entry, Instant taken) {
        static Taken read(ResultSet result) throws SQLException {
            return new Taken(EntryRow.read(result), Instant.ofEpochMilli(result.getLong("taken")));
        }
    }

    /** Sets all of it, for an insertion. */
    void bind(PreparedStatement statement) throws SQLException {
        Sql.set(statement, place.run, place.frame, place.item, last, position, backup, number, until, PathKey.of(path));
        if (PathKey.isShort(path)) {
            statement.setNull(10, Types.VARBINARY);
        } else {
            statement.setBytes(10, path.bytes());
        }
        statement.setInt(11, kind.ordinal());
        statement.setInt(12, type.ordinal());
        statement.setLong(13, size);
        statement.setLong(14, modified.getEpochSecond());
        statement.setInt(15, modified.getNano());
        statement.setBytes(16, sha256);
        // A server of databases takes no NUL.
        statement.setString(17, doubt == null ? null : doubt.replace('\0', ' '));
        statement.setInt(18, content != null ? HERE : missing ? MISSING : NONE);
        statement.setObject(19, content == null ? null : content.place.run, Types.BIGINT);
        statement.setObject(20, content == null ? null : content.place.frame, Types.BIGINT);
        statement.setObject(21, content == null ? null : content.place.item, Types.INTEGER);
        statement.setObject(22, content == null ? null : content.last, Types.BIGINT);
        statement.setObject(23, content == null ? null : content.position, Types.BIGINT);
    }

    /** The entry at a place. */
    public static Optional<EntryRow> at(Connection connection, Place place) throws SQLException {
        return Sql.query(connection, "entry.holder", EntryRow::read, place.run, place.frame, place.item).stream()
                .findFirst();
    }

    /** The version at a place, if it can be read. */
    public static Optional<Taken> version(Connection connection, Place place) throws SQLException {
        return Sql.query(connection, "entry.version", Taken::read, place.run, place.frame, place.item).stream()
                .findFirst();
    }

    /** The version of a path that came in a run, if it can be read. */
    public static Optional<Taken> version(Connection connection, long backup, FileName path, long number)
            throws SQLException {
        return Sql.query(connection, "entry.named", Taken::read, backup, PathKey.of(path), number).stream()
                .filter(each -> each.entry().path().equals(path))
                .findFirst();
    }

    /** The first run behind one in which the path has another version that can be read, or is gone; 0: none. */
    public static long end(Connection connection, long backup, FileName path, long number) throws SQLException {
        long own = Sql.number(connection, "entry.end.first", backup, PathKey.of(path), number);
        long full = Sql.number(connection, "run.full.after", backup, number);
        return own == 0 || full == 0 ? Math.max(own, full) : Math.min(own, full);
    }

    /** What a run has of a path with content, hidden or not. */
    public static Optional<EntryRow> withContent(Connection connection, long backup, FileName path, long number)
            throws SQLException {
        return Sql.query(connection, "entry.content", EntryRow::read, backup, PathKey.of(path), number).stream()
                .findFirst();
    }

    /**
     * Whether a run has a path with content that is not here since it was handed on: runs before it were released, and those above have
     * what that file refers to, or refuse the run that has it.
     */
    public static boolean isElsewhere(Connection connection, long backup, FileName path, long number)
            throws SQLException {
        return Sql.number(connection, "entry.elsewhere", backup, PathKey.of(path), number) > 0;
    }

    /** Entries of a run that have to do with frames. @param end number of the frame behind them */
    public static List<EntryRow> in(Connection connection, long run, long first, long end) throws SQLException {
        return Sql.query(connection, "entry.in", EntryRow::read, run, end, first);
    }

    /** Versions that have the content of an entry. */
    public static List<Taken> users(Connection connection, Place place) throws SQLException {
        return Sql.query(connection, "entry.users", Taken::read, place.run, place.frame, place.item);
    }

    /** Content in these frames is not here any more. @return whether there was any that something has */
    static boolean lose(Connection connection, long run, long first, long end) throws SQLException {
        return Sql.update(connection, "entry.lost", run, end, first) > 0;
    }

    /** Frames in which something ends whose content is not here, of a backup, by number of the run. */
    public static SortedMap<Long, SortedSet<Long>> missing(Connection connection, long backup) throws SQLException {
        SortedMap<Long, SortedSet<Long>> missing = new TreeMap<>();
        Sql.query(connection, "entry.missing", result -> new long[] {result.getLong(1), result.getLong(2)}, backup)
                .forEach(each -> missing.computeIfAbsent(each[0], number -> new TreeSet<>())
                        .add(each[1]));
        return missing;
    }

    /** Its content is here, and it begins, where this says. */
    void found(Connection connection) throws SQLException {
        Sql.update(
                connection,
                "entry.found",
                position,
                content.place.run,
                content.place.frame,
                content.place.item,
                content.last,
                content.position,
                place.run,
                place.frame,
                place.item);
    }

    /** What was before it, and has ended with it, lasts until what comes behind it. */
    void bridge(Connection connection) throws SQLException {
        byte[] key = PathKey.of(path);
        Sql.update(
                connection,
                "entry.bridge",
                until,
                backup,
                key,
                number,
                number,
                number,
                place.frame,
                place.frame,
                place.item);
    }

    void delete(Connection connection) throws SQLException {
        Sql.update(connection, "entry.delete", place.run, place.frame, place.item);
    }

    /** Whether a version with content has that where it is itself. */
    public boolean holdsContent() {
        return content != null && content.place.equals(place);
    }
}
