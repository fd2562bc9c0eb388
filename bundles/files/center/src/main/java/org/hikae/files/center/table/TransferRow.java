package org.hikae.files.center.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.hikae.api.files.RunId;
import org.hikae.api.files.center.Transfer;

/**
 * A transfer that has ended (e.5).
 *
 * @param id ascending as they ended
 */
public record TransferRow(long id, Transfer transfer) {

    private static final int MOST_WHY = 2000;
    private static final int MOST_ADDRESS = 100;

    private static TransferRow read(ResultSet result) throws SQLException {
        Transfer transfer = new Transfer(
                new RunId(result.getString("origin"), result.getString("backup"), result.getLong("number")),
                result.getString("peer"),
                result.getString("address"),
                Instant.ofEpochMilli(result.getLong("started")),
                Instant.ofEpochMilli(result.getLong("ended")),
                result.getLong("first_frame"),
                result.getLong("frames"),
                result.getLong("bytes"),
                result.getString("outcome"),
                result.getBoolean("forced"),
                result.getString("why"));
        return new TransferRow(result.getLong("id"), transfer);
    }

    public static void insert(Connection connection, Collection<TransferRow> rows) throws SQLException {
        Sql.batch(connection, "transfer.insert", rows, (statement, row) -> row.bind(statement));
    }

    private void bind(PreparedStatement statement) throws SQLException {
        Sql.set(
                statement,
                id,
                transfer.run().origin(),
                transfer.run().backup(),
                transfer.run().number(),
                transfer.from(),
                text(transfer.address(), MOST_ADDRESS),
                transfer.started().toEpochMilli(),
                transfer.ended().toEpochMilli(),
                transfer.firstFrame(),
                transfer.frames(),
                transfer.bytes(),
                transfer.outcome(),
                transfer.forced());
        statement.setString(14, text(transfer.why(), MOST_WHY));
    }

    /** As a column takes it: a server of databases takes no NUL. */
    private static String text(String text, int most) {
        if (text == null) {
            return null;
        }
        String without = text.replace('\0', ' ');
        return without.length() <= most ? without : without.substring(0, most);
    }

    /**
     * The newest first, those with a smaller id than this, so many at most: fewer only if there are no more.
     *
     * @param client those alone that it sent, or that are of its runs; null: all
     */
    public static List<TransferRow> page(Connection connection, String client, long before, int limit)
            throws SQLException {
        if (client == null) {
            return Sql.query(connection, "transfer.page", TransferRow::read, before, limit);
        }
        // Two queries, each along an index; a row that is in both is the same.
        List<TransferRow> all = new ArrayList<>(
                Sql.query(connection, "transfer.page.origin", TransferRow::read, client, before, limit));
        Sql.query(connection, "transfer.page.peer", TransferRow::read, client, before, limit).stream()
                .filter(row -> !row.transfer.run().origin().equals(client))
                .forEach(all::add);
        all.sort(Comparator.comparing(TransferRow::id).reversed());
        return List.copyOf(all.subList(0, Math.min(limit, all.size())));
    }

    /** Whether there is one by which the part came. */
    public static boolean isKnown(Connection connection, Unrecorded.Key part) throws SQLException {
        RunId run = part.run();
        return Sql.number(connection, "transfer.of", run.origin(), run.backup(), run.number(), part.first()) > 0;
    }

    /** The greatest id; 0: there is none. */
    public static long last(Connection connection) throws SQLException {
        return Sql.number(connection, "transfer.last");
    }

    /** Forgets those up to this one. */
    public static void removeUpTo(Connection connection, long id) throws SQLException {
        Sql.update(connection, "transfer.delete", id);
    }
}
