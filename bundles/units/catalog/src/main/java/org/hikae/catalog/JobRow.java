package org.hikae.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.api.job.JobInfo;
import org.hikae.sql.Table;

/**
 * A job in the catalog.
 *
 * @param data a {@link JobInfo}
 */
record JobRow(long id, String kind, String state, Instant started, Instant ended, String data) {

    static final Table<Long, JobRow> TABLE = new Table<>(
            Sql.STATEMENTS,
            "job",
            (statement, row) -> {
                statement.setString(1, row.kind());
                statement.setString(2, row.state());
                Table.set(statement, 3, row.started());
                Table.set(statement, 4, row.ended());
                statement.setString(5, row.data());
                statement.setLong(6, row.id());
            },
            (statement, id) -> statement.setLong(1, id));

    private static JobRow of(JobInfo job) {
        return new JobRow(
                job.id(),
                Json.key(job.kind()),
                job.state().name(),
                millis(job.started()),
                millis(job.ended()),
                Json.write(job));
    }

    private static Instant millis(Instant instant) {
        return instant == null ? null : Table.millis(instant);
    }

    /** Those that may have changed: from the oldest one on that the home still has, and those that were running. */
    static Map<Long, JobRow> known(Connection connection, List<JobInfo> jobs) throws SQLException {
        long oldest = jobs.stream().mapToLong(JobInfo::id).min().orElse(Long.MAX_VALUE);
        Map<Long, JobRow> rows = new HashMap<>();
        Sql.query(connection, "job.known", statement -> statement.setLong(1, oldest), JobRow::read)
                .forEach(row -> rows.put(row.id(), row));
        return rows;
    }

    private static JobRow read(ResultSet result) throws SQLException {
        return new JobRow(
                result.getLong("id"),
                result.getString("kind"),
                result.getString("state"),
                Table.instant(result, "started"),
                Table.instant(result, "ended"),
                result.getString("data"));
    }

    /** What there is to know after a look. What the home has forgotten stays known. */
    static Map<Long, JobRow> after(Map<Long, JobRow> known, List<JobInfo> jobs) throws SQLException {
        Map<Long, JobRow> next = new HashMap<>(known);
        jobs.stream().map(JobRow::of).forEach(row -> next.put(row.id(), row));
        for (JobRow row : known.values()) {
            if (next.get(row.id()) == row && row.state().equals(JobInfo.State.RUNNING.name())) {
                next.put(row.id(), of(lost(Json.read(row.data(), JobInfo.class))));
            }
        }
        return next;
    }

    private static JobInfo lost(JobInfo job) {
        return new JobInfo(
                job.id(),
                job.kind(),
                job.subject(),
                JobInfo.State.INTERRUPTED,
                false,
                job.phase(),
                job.doneBytes(),
                job.totalBytes(),
                job.bytesPerSecond(),
                -1,
                job.started(),
                null,
                "how it ended is not known: the home has its record no more",
                job.result());
    }

    /** @param kind null: all */
    static List<JobInfo> list(Connection connection, String kind, int limit) throws SQLException {
        if (limit <= 0) {
            return List.of();
        }
        return List.copyOf(Sql.query(
                connection,
                kind == null ? "job.list" : "job.list.kind",
                statement -> {
                    statement.setMaxRows(limit);
                    if (kind != null) {
                        statement.setString(1, Json.key(kind));
                    }
                },
                result -> Json.read(result.getString("data"), JobInfo.class)));
    }
}
