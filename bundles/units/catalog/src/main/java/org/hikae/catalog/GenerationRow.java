package org.hikae.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.api.catalog.KnownGeneration;
import org.hikae.api.catalog.KnownGeneration.State;
import org.hikae.api.media.GenerationInfo;
import org.hikae.sql.Table;

/**
 * A generation in the catalog.
 *
 * @param seen when it was last seen; null while it is there: at the last look
 * @param data a {@link GenerationInfo}; null where it does not matter: of those that are gone it is not read again
 */
record GenerationRow(Key key, String disk, long number, String group, State state, Instant seen, String data) {

    static final Table<Key, GenerationRow> TABLE = new Table<>(
            Sql.STATEMENTS,
            "generation",
            (statement, row) -> {
                statement.setString(1, row.disk());
                statement.setLong(2, row.number());
                statement.setString(3, row.group());
                statement.setString(4, row.state().name());
                Table.set(statement, 5, row.seen());
                statement.setString(6, row.data());
                statement.setString(7, row.key().id());
                statement.setString(8, row.key().medium());
            },
            (statement, key) -> {
                statement.setString(1, key.id());
                statement.setString(2, key.medium());
            });

    /** Two media may have one of the same id: it was copied by hand, say. */
    record Key(String id, String medium) {

        static Key of(GenerationInfo info) {
            return new Key(Json.key(info.id()), Json.key(info.medium()));
        }
    }

    private static GenerationRow of(GenerationInfo info) {
        String group = info.group() == null ? null : Json.key(info.group().name());
        return new GenerationRow(
                Key.of(info), Json.key(info.disk()), info.number(), group, State.PRESENT, null, Json.write(info));
    }

    private GenerationRow now(State newState, Instant lastSeen) {
        Instant when = state == State.PRESENT ? lastSeen : seen;
        return new GenerationRow(key, disk, number, group, newState, when, data);
    }

    static Map<Key, GenerationRow> known(Connection connection) throws SQLException {
        Map<Key, GenerationRow> rows = new HashMap<>();
        Sql.query(connection, "generation.known", statement -> {}, GenerationRow::read)
                .forEach(row -> rows.put(row.key(), row));
        return rows;
    }

    private static GenerationRow read(ResultSet result) throws SQLException {
        return new GenerationRow(
                new Key(result.getString("id"), result.getString("medium")),
                result.getString("disk"),
                result.getLong("disk_number"),
                result.getString("group_name"),
                State.valueOf(result.getString("state")),
                Table.instant(result, "seen"),
                result.getString("data"));
    }

    /**
     * What there is to know after a look.
     *
     * @param lastSeen when it was looked before; null: never
     */
    static Map<Key, GenerationRow> after(Map<Key, GenerationRow> known, Seen.Shelves shelves, Instant lastSeen) {
        Map<Key, GenerationRow> next = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (GenerationInfo info : shelves.generations()) {
            GenerationRow row = of(info);
            next.put(row.key(), row);
            ids.add(row.key().id());
        }
        Set<String> media = new HashSet<>();
        shelves.media().forEach(name -> media.add(Json.key(name)));
        for (GenerationRow row : known.values()) {
            boolean looked = media.contains(row.key().medium());
            if (next.containsKey(row.key())) {
                continue;
            } else if (row.state() != State.GONE) {
                row = row.now(looked ? State.GONE : State.AWAY, lastSeen);
            }
            // One that was moved is not gone.
            if (row.state() == State.AWAY || !ids.contains(row.key().id())) {
                next.put(row.key(), row);
            }
        }
        return next;
    }

    /** @param lastSeen when those that are there were seen */
    static List<KnownGeneration> list(Connection connection, boolean gone, Instant lastSeen) throws SQLException {
        String but = gone ? "" : State.GONE.name();
        List<KnownGeneration> all =
                Sql.query(connection, "generation.list", statement -> statement.setString(1, but), result -> {
                    State state = State.valueOf(result.getString("state"));
                    Instant seen = state == State.PRESENT ? lastSeen : Table.instant(result, "seen");
                    return new KnownGeneration(Json.read(result.getString("data"), GenerationInfo.class), state, seen);
                });
        all.sort(Comparator.comparing(KnownGeneration::info, ORDER));
        return List.copyOf(all);
    }

    private static final Comparator<GenerationInfo> ORDER = Comparator.comparing(GenerationInfo::disk)
            .thenComparing(GenerationInfo::number)
            .thenComparing(GenerationInfo::medium);
}
