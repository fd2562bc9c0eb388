package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.hikae.api.files.RunId;

/**
 * What is to be read again on media, since it was entered before what it goes on from, or refers to, was here (R22). It is noted in one
 * transaction with what gives rise to it, and forgotten when it is done, so that no crash in between leaves files out of lists.
 */
public final class Backlog {

    private Backlog() {}

    /** Parts of a run from a frame on. */
    static void behind(Connection connection, long run, long first) throws SQLException {
        if (first(connection, run) < 0) {
            Sql.update(connection, "behind.insert", run, first);
        } else {
            Sql.update(connection, "behind.update", first, run, first);
        }
    }

    /** From which frame on parts of a run are to be read again; -1: none are. */
    public static long first(Connection connection, long run) throws SQLException {
        return Sql.number(connection, "behind.first", run);
    }

    /** They were; nothing if more are to be since. */
    public static void done(Connection connection, long run, long first) throws SQLException {
        Sql.update(connection, "behind.done", run, first);
    }

    /** Runs of which parts are to be read again, by origin, backup and number. */
    public static List<RunId> runs(Connection connection) throws SQLException {
        Sql.update(connection, "behind.stale");
        return Sql.query(
                connection,
                "behind.all",
                result -> new RunId(result.getString(1), result.getString(2), result.getLong(3)));
    }

    /** In a backup something refers to content that is not here. */
    static void missing(Connection connection, long backup) throws SQLException {
        if (entered(connection, backup) < 0) {
            Sql.update(connection, "missing.insert", backup);
        }
    }

    /** Something was entered that others which are here already may refer to. */
    static void entered(BackupRow backup, Connection connection) throws SQLException {
        Sql.update(connection, "missing.more", backup.id());
    }

    /** How much was entered since the backup was last looked through for what is missing; -1: nothing is missing. */
    public static long entered(Connection connection, long backup) throws SQLException {
        return Sql.number(connection, "missing.entered", backup);
    }

    /** It was looked through, when so much was entered; nothing if more is since. */
    public static void looked(Connection connection, long backup, long entered) throws SQLException {
        boolean any = !EntryRow.missing(connection, backup).isEmpty();
        Sql.update(connection, any ? "missing.done" : "missing.delete", backup, entered);
    }

    /** A backup of an origin. */
    public record Backup(String origin, String name) {}

    /** Backups that are to be looked through for what is missing. */
    public static List<Backup> backups(Connection connection) throws SQLException {
        return Sql.query(connection, "missing.all", result -> new Backup(result.getString(1), result.getString(2)));
    }
}
