package org.hikae.files.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.client.BackupRow;
import org.hikae.api.files.client.BackupRowStatus;
import org.hikae.api.files.client.BufferSettings;
import org.hikae.api.files.client.FilesClient;
import org.hikae.api.files.client.Membership;
import org.hikae.api.files.client.RestoreFiles;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.Jobs;
import org.hikae.api.job.Reason;
import org.hikae.config.Configured;
import org.hikae.config.PlatformHome;
import org.hikae.files.client.buffer.Buffer;
import org.hikae.files.client.due.Clockwork;
import org.hikae.files.client.due.DueTimes;
import org.hikae.files.client.restore.Restorer;
import org.hikae.files.client.send.Archive;
import org.hikae.files.client.send.Center;
import org.hikae.files.client.table.Row;
import org.hikae.files.client.table.Rows;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client of part II (e.1, e.2, e.6, e.7). Immediate: it has times to keep to, whether anybody asks for it or not. */
@Component(service = FilesClient.class, immediate = true)
public final class ClientUnit implements FilesClient {

    static final String RESTORE = "file-restore";

    private static final Logger LOG = LoggerFactory.getLogger(ClientUnit.class);
    private static final long PATIENCE_MILLIS = 10_000;
    private static final Duration RESTORES_KEPT = Duration.ofDays(7);
    private static final Duration RESTORES_LOOKED = Duration.ofHours(1);

    private final Path folder;
    private final Rows rows;
    private final Jobs jobs;
    private final BufferLimits limits;
    private final InstantSource clock;
    private final boolean lasting;
    private final Clockwork clockwork = new Clockwork(this::look);

    /** Guarded by this. Null: nothing was needed of it yet. */
    private Opened opened;

    private boolean closed;

    /** What was said last of what keeps all rows from being looked at: that is tried again each second. */
    private volatile String said;

    /** Those that may be under way. */
    private final Set<Job> restores = ConcurrentHashMap.newKeySet();

    /** When restores that nobody goes on with were looked for last; for the one thread that looks. */
    private Instant forgotten;

    private record Opened(Core core, Backing backing, Statuses statuses) {}

    /** @param clock what goes by time goes by this clock, if a platform has one of its own; null: the system's */
    @Activate
    public ClientUnit(
            BundleContext context,
            @Reference ConfigurationAdmin admin,
            @Reference Jobs jobs,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    InstantSource clock) {
        this(
                PlatformHome.folder(context, "files"),
                admin,
                jobs,
                clock == null ? InstantSource.system() : clock,
                !"command".equals(context.getProperty("hikae.purpose")));
        if (lasting) {
            clockwork.begin();
        }
    }

    /** @param lasting whether local backups are made at their times, and runs are sent */
    ClientUnit(Path folder, ConfigurationAdmin admin, Jobs jobs, InstantSource clock, boolean lasting) {
        this.folder = folder;
        this.rows = new Rows(admin);
        this.jobs = jobs;
        this.limits = new BufferLimits(admin);
        this.clock = clock;
        this.lasting = lasting;
    }

    @Deactivate
    void deactivate() {
        Opened open;
        synchronized (this) {
            closed = true;
            open = opened;
        }
        clockwork.end(lasting ? PATIENCE_MILLIS : 1);
        if (open != null) {
            open.backing.end(Duration.ofMillis(PATIENCE_MILLIS));
            Ending.of(jobs, List.copyOf(restores), Duration.ofMillis(PATIENCE_MILLIS));
            open.core.close();
        }
    }

    private synchronized Opened open() throws IOException {
        if (closed) {
            throw new IOException("the client is stopped");
        }
        if (opened == null) {
            Core core = new Core(folder, rows, clock, lasting, clockwork::now);
            core.restorer.forgetBefore(clock.instant().minus(RESTORES_KEPT));
            opened = new Opened(core, new Backing(core, rows, jobs, limits, clock), new Statuses(core));
        }
        return opened;
    }

    /** What is due, if anything can be: in a home without rows and centers nothing is made. */
    void look() {
        try {
            List<Row> all = rows.all();
            if (!all.isEmpty() || Files.isDirectory(folder.resolve("uplinks"))) {
                Opened open = open();
                open.backing.look(all);
                open.backing.expire(all);
                forget(open.core);
            }
            said = null;
        } catch (IOException e) {
            String reason = Reason.of(e);
            if (!reason.equals(said)) {
                LOG.warn("what is due cannot be looked at: {}", reason);
            }
            said = reason;
        }
    }

    /** Restores that were cut off, and that nobody goes on with. Looked for now and then. */
    private void forget(Core core) throws IOException {
        Instant now = clock.instant();
        // The clock may have been set back.
        if (forgotten == null || !forgotten.plus(RESTORES_LOOKED).isAfter(now) || forgotten.isAfter(now)) {
            core.restorer.forgetBefore(now.minus(RESTORES_KEPT));
            forgotten = now;
        }
    }

    @Override
    public Membership join(String name, URI address, String token) throws IOException {
        Core core = open().core;
        Center joined = core.centers.join(name, address, token, lastRuns -> behind(core, lastRuns));
        clockwork.now();
        return joined.membership();
    }

    /** Numbers that the center has in use are not used again, whatever became of this client's own record. */
    private void behind(Core core, Map<String, Long> lastRuns) throws IOException {
        for (Map.Entry<String, Long> row : lastRuns.entrySet()) {
            core.states.behind(row.getKey(), row.getValue(), clock.instant());
        }
    }

    @Override
    public List<Membership> memberships() throws IOException {
        Core core = open().core;
        List<Membership> memberships = new ArrayList<>();
        core.centers.wake();
        core.centers.all().forEach(center -> memberships.add(center.membership()));
        core.centers
                .problems()
                .forEach((name, problem) -> memberships.add(new Membership(name, null, null, null, problem)));
        return memberships;
    }

    @Override
    public void leave(String name, boolean force) throws IOException {
        Core core = open().core;
        for (Row row : core.rowsOf(name)) {
            if (!force && isLacked(core.buffer, row.name())) {
                throw new IOException("center '" + name + "' lacks runs of backup '" + row.name()
                        + "' still; with --force they stay here");
            } else if (!force && name.equals(row.row().center())) {
                throw new IOException("backup '" + row.name() + "' names center '" + name + "'; see 'client edit'");
            }
        }
        core.centers.leave(name);
    }

    /** Whether the buffer has runs of a backup that nobody else has, even if they cannot be read here. */
    private static boolean isLacked(Buffer buffer, String row) {
        return buffer.runs(row).stream().anyMatch(run -> run.sent() == null)
                || buffer.damaged().unsent().stream()
                        .anyMatch(run -> run.backup().equals(row));
    }

    @Override
    public void add(BackupRow row) throws IOException {
        Core core = open().core;
        check(core, row);
        synchronized (this) {
            rows.checkNew(row);
            core.states.begin(row.name(), core.buffer.lastNumber(row.name()), clock.instant());
            rows.store(row);
        }
        clockwork.now();
        core.centers.changed();
    }

    private void check(Core core, BackupRow row) throws IOException {
        rows.check(row);
        if (row.center() != null) {
            core.centers.get(row.center());
        }
        if (row.times() != null) {
            Instant now = clock.instant();
            if (DueTimes.next(org.hikae.cron.CronTimes.parse(row.times(), row.zone()), now, now) == null) {
                throw new IOException("the times '" + row.times() + "' never come");
            }
        }
    }

    @Override
    public void edit(BackupRow row) throws IOException {
        Core core = open().core;
        rows.get(row.name());
        check(core, row);
        Instant now = clock.instant();
        synchronized (this) {
            rows.store(row);
            // What its former times would have been until now, or its new ones, is not made up for.
            core.states.update(row.name(), now, state -> state.handled(now));
        }
        clockwork.now();
        core.centers.changed();
    }

    @Override
    public void remove(String name, boolean force) throws IOException {
        Opened open = open();
        open.backing.remove(name, () -> {
            if (!force && isLacked(open.core.buffer, name)) {
                throw new IOException(
                        "runs of backup '" + name + "' have not been sent; with --force they are deleted");
            }
            if (Configured.isName(name)) {
                open.core.removals.remove(name, () -> rows.remove(name));
            } else {
                rows.remove(name);
            }
        });
        open.core.centers.changed();
    }

    @Override
    public List<BackupRowStatus> list() throws IOException {
        Instant now = clock.instant();
        List<BackupRowStatus> list = new ArrayList<>();
        for (Row row : rows.all()) {
            list.add(open().statuses.of(row, now));
        }
        return list;
    }

    @Override
    public BackupRowStatus get(String name) throws IOException {
        return open().statuses.of(rows.get(name), clock.instant());
    }

    @Override
    public Job run(String name) throws IOException {
        Opened open = open();
        open.core.centers.wake();
        return open.backing.run(name);
    }

    @Override
    public BufferSettings buffer() throws IOException {
        Core core = open().core;
        Path buffer = core.buffer.folder();
        return new BufferSettings(buffer, core.buffer.used(), limits.limit(buffer), limits.whenFull());
    }

    @Override
    public void setBuffer(long limit, BufferSettings.WhenFull whenFull) throws IOException {
        limits.set(limit, whenFull);
        open().core.buffer.limit(limit);
    }

    @Override
    public List<StoredVersion> versions(String path, Instant at) throws IOException {
        Core core = open().core;
        List<Archive> asked = core.asked(null).asked();
        return at == null
                ? core.restorer.versions().all(Restorer.path(path), asked)
                : core.restorer.versions().versionsAt(Restorer.path(path), at, asked);
    }

    @Override
    public Job restore(RestoreFiles request) throws IOException {
        Core core = open().core;
        Restorer.path(request.path());
        Restorer.Centers centers = core.asked(request.center());
        if (request.center() != null) {
            core.centers.get(request.center());
        }
        // What there is can be much, and whoever has it slow: all of that belongs to the job.
        Job job = jobs.start(RESTORE, request.path(), progress -> core.restorer.restore(request, centers, progress));
        restores.removeIf(each -> each.info().state() != JobInfo.State.RUNNING);
        restores.add(job);
        return job;
    }
}
