package org.hikae.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.catalog.KnownGeneration.State;
import org.hikae.api.group.Group;
import org.hikae.api.media.GenerationInfo;
import org.hikae.sql.Table;

/**
 * A group in the catalog.
 *
 * @param data a {@link Group}
 */
record GroupRow(String name, String disk, String data) {

    static final Table<String, GroupRow> TABLE = new Table<>(
            Sql.STATEMENTS,
            "group",
            (statement, row) -> {
                statement.setString(1, row.disk());
                statement.setString(2, row.data());
                statement.setString(3, row.name());
            },
            (statement, name) -> statement.setString(1, name));

    private static GroupRow of(Group group) {
        return new GroupRow(Json.key(group.name()), Json.key(group.disk()), Json.write(group));
    }

    static Map<String, GroupRow> known(Connection connection) throws SQLException {
        Map<String, GroupRow> rows = new HashMap<>();
        Sql.query(connection, "group.list", statement -> {}, GroupRow::read).forEach(row -> rows.put(row.name(), row));
        return rows;
    }

    private static GroupRow read(ResultSet result) throws SQLException {
        return new GroupRow(result.getString("name"), result.getString("disk"), result.getString("data"));
    }

    /**
     * What there is to know after a look: of a group that is configured what the configuration says, of another what its newest
     * generation says, and if they all are away what they have said.
     */
    static Map<String, GroupRow> after(
            Map<String, GroupRow> known, Seen.Shelves shelves, Collection<GenerationRow> generations) {
        Map<String, GroupRow> next = new HashMap<>();
        for (GenerationRow row : generations) {
            if (row.state() == State.AWAY && known.containsKey(row.group())) {
                next.put(row.group(), known.get(row.group()));
            }
        }
        shelves.generations().stream()
                .filter(info -> info.group() != null)
                .sorted(Comparator.comparing(GroupRow::instant).thenComparing(GenerationInfo::id))
                .map(info -> of(
                        new Group(info.group().name(), info.disk(), info.group().list())))
                .forEach(row -> next.put(row.name(), row));
        shelves.groups().stream().map(GroupRow::of).forEach(row -> next.put(row.name(), row));
        return next;
    }

    private static Instant instant(GenerationInfo info) {
        return info.instant() == null ? Instant.MIN : info.instant();
    }

    static List<Group> list(Connection connection) throws SQLException {
        List<Group> all = Sql.query(
                connection, "group.list", statement -> {}, result -> Json.read(result.getString("data"), Group.class));
        all.sort(Comparator.comparing(Group::name));
        return List.copyOf(all);
    }
}
