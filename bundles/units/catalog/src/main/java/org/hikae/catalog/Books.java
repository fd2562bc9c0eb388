package org.hikae.catalog;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hikae.api.catalog.Catalog;
import org.hikae.api.catalog.CatalogInfo;
import org.hikae.api.catalog.KnownGeneration;
import org.hikae.api.catalog.Rebuilder;
import org.hikae.api.group.Group;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.sql.Database;
import org.hikae.sql.Target;

/**
 * The catalog: a database, and the truth that it follows. Whoever asks for more than {@link #info} has it brought up to date first,
 * as far as the answer depends on it.
 */
final class Books implements Catalog {

    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration USUAL = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofHours(1);

    private final Truth truth;
    private final Database database;
    private final Jobs jobs;
    private final Supplier<List<Rebuilder>> others;
    private final Ledger ledger = new Ledger();

    Books(Truth truth, Database database, Jobs jobs) {
        this(truth, database, jobs, List::of);
    }

    /** @param others who keep tables of their own in the database */
    Books(Truth truth, Database database, Jobs jobs, Supplier<List<Rebuilder>> others) {
        this.truth = truth;
        this.database = database;
        this.jobs = jobs;
        this.others = others;
    }

    @Override
    public CatalogInfo info() {
        try {
            return database.call(SHORT, Books::info);
        } catch (IOException e) {
            return new CatalogInfo(null, 0, 0, 0, 0, null, Reason.of(e));
        }
    }

    private static CatalogInfo info(Connection connection) throws SQLException {
        DatabaseMetaData product = connection.getMetaData();
        return new CatalogInfo(
                product.getDatabaseProductName() + " " + product.getDatabaseProductVersion() + ", "
                        + Target.shown(product.getURL()),
                Sql.schema().version(connection),
                GenerationRow.TABLE.count(connection),
                GroupRow.TABLE.count(connection),
                JobRow.TABLE.count(connection),
                Ledger.updated(connection),
                null);
    }

    @Override
    public List<KnownGeneration> generations(boolean gone) throws IOException {
        Seen seen = truth.all();
        return database.call(USUAL, connection -> {
            ledger.enter(connection, seen);
            return GenerationRow.list(connection, gone, Ledger.updated(connection));
        });
    }

    @Override
    public List<Group> groups() throws IOException {
        Seen seen = truth.all();
        return database.call(USUAL, connection -> {
            ledger.enter(connection, seen);
            return GroupRow.list(connection);
        });
    }

    @Override
    public List<JobInfo> jobs(String kind, int limit) throws IOException {
        Seen seen = truth.jobs();
        return database.call(USUAL, connection -> {
            ledger.enter(connection, seen);
            return JobRow.list(connection, kind, limit);
        });
    }

    void bringUpToDate() throws IOException {
        Seen seen = truth.all();
        database.call(LONG, connection -> {
            ledger.enter(connection, seen);
            return seen;
        });
    }

    @Override
    public Job rebuild() throws IOException {
        return jobs.start("rebuild", "catalog", this::rebuild);
    }

    private Map<String, Object> rebuild(Progress progress) throws IOException {
        progress.phase("looking at the media");
        Seen seen = truth.all();
        progress.check();
        progress.phase("writing");
        CatalogInfo made = database.callAnew(LONG, connection -> {
            ledger.anew(connection, seen);
            return info(connection);
        });
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("generations", made.generations());
        result.put("groups", made.groups());
        result.put("jobs", made.jobs());
        rebuildOthers(progress, result);
        return result;
    }

    /** All of them, whatever happens to one. */
    private void rebuildOthers(Progress progress, Map<String, Object> result) throws IOException {
        IOException failure = null;
        for (Rebuilder each : others.get()) {
            try {
                result.putAll(each.rebuild(progress));
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
