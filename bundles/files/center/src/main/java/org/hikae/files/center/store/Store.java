package org.hikae.files.center.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.hikae.api.backup.Retention;
import org.hikae.api.catalog.Rebuilder;
import org.hikae.api.files.Reach;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.api.files.RunKey;
import org.hikae.api.files.StoredVersion;
import org.hikae.api.files.relay.Received;
import org.hikae.api.job.Progress;
import org.hikae.api.job.Reason;
import org.hikae.api.media.ObjectAreas;
import org.hikae.api.media.spi.Medium;
import org.hikae.api.media.spi.MediumSpace;
import org.hikae.files.center.table.BackupRow;
import org.hikae.files.center.table.Entering;
import org.hikae.files.center.table.PartRow;
import org.hikae.files.center.table.RunRow;
import org.hikae.files.center.table.Tables;
import org.hikae.files.center.table.Whole;
import org.hikae.files.transfer.message.VersionKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was received, for the center, for relays and for the catalog. Thread-safe. */
public final class Store implements CenterStore, Received, Rebuilder, Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private final Core core;
    private final Receiving receiving;
    private final Versions versions;
    private final Reaching reaching;
    private final Removing removing;
    private final Sharing sharing;
    private final MediaNames media;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** The names of all media that there are. */
    public interface MediaNames {
        Collection<String> get() throws IOException;
    }

    public Store(ObjectAreas areas, Tables tables, MediaNames media, InstantSource clock, ZoneId zone) {
        this(areas, tables, media, clock, zone, new Tuning(Core.PATIENCE, Sharing.Limits.USUAL));
    }

    /**
     * What it goes by.
     *
     * @param opening how long a medium that is being opened is waited for
     */
    record Tuning(Duration opening, Sharing.Limits sharing) {}

    Store(ObjectAreas areas, Tables tables, MediaNames media, InstantSource clock, ZoneId zone, Tuning tuning) {
        this.core = new Core(areas, tables, clock, tuning.opening);
        this.receiving = new Receiving(core, run -> tell());
        this.versions = new Versions(core, clock);
        this.reaching = new Reaching(core);
        this.removing = new Removing(core, zone);
        this.sharing = new Sharing(core, tuning.sharing);
        this.media = media;
    }

    @Override
    public Stored stored(RunInfo run) throws IOException {
        return receiving.stored(run);
    }

    @Override
    public Standing standing(RunKey run) throws IOException {
        return receiving.standing(run);
    }

    @Override
    public Basis basis(RunInfo run) throws IOException {
        return receiving.basis(run);
    }

    @Override
    public Map<String, Long> lastRuns(String origin) throws IOException {
        return receiving.lastRuns(origin);
    }

    @Override
    public Map<String, Long> fullWanted(String origin) throws IOException {
        return receiving.fullWanted(origin);
    }

    @Override
    public void askForFull(String origin, String backup, long above) throws IOException {
        receiving.askForFull(origin, backup, above);
    }

    @Override
    public PartWriter write(RunInfo run) throws IOException {
        return receiving.write(run);
    }

    @Override
    public Page versions(Query query, String cursor, int limit) throws IOException {
        return versions.page(query, cursor, limit);
    }

    @Override
    public List<Optional<Version>> versions(String origin, List<VersionKey> keys) throws IOException {
        return versions.named(origin, keys);
    }

    @Override
    public ReadableByteChannel content(String origin, List<String> ids, long skip, long begun) throws IOException {
        return versions.content(origin, ids, skip, begun);
    }

    @Override
    public List<Long> ends(List<StoredVersion> others, Instant at) throws IOException {
        return versions.ends(others, at);
    }

    @Override
    public Map<String, Reach> reach(Query query) throws IOException {
        return reaching.of(query);
    }

    @Override
    public Map<String, Long> released(Query query) throws IOException {
        return reaching.released(query);
    }

    @Override
    public ReadableByteChannel content(Query query, long skip) throws IOException {
        return versions.content(query, skip);
    }

    @Override
    public Map<String, Totals> totals() throws IOException {
        Map<String, Totals> totals = new TreeMap<>();
        core.tables()
                .call(org.hikae.files.center.table.Totals::all)
                .forEach((origin, each) -> totals.put(origin, new Totals(each.versions(), each.bytes())));
        return totals;
    }

    @Override
    public Dropped retain(String origin, Retention keep, Progress progress) throws IOException {
        return removing.retain(origin, keep, progress);
    }

    @Override
    public Findings verify(String origin, Progress progress) throws IOException {
        return new Verifying(core, progress).run(origin);
    }

    @Override
    public MediumSpace space() throws IOException {
        return core.area(core.current()).space();
    }

    @Override
    public void use(String medium) throws IOException {
        core.use(medium);
        core.forgetProblems();
        reconcile(Set.of(medium), Progress.NONE);
        sharing.retry();
    }

    @Override
    public boolean isToShare(Progress progress) throws IOException {
        return sharing.isToDo(progress);
    }

    @Override
    public Shared share(Progress progress, Consumer<Duration> rest) throws IOException {
        return sharing.run(progress, rest);
    }

    @Override
    public void discardShared(Progress progress) throws IOException {
        sharing.discardUnused(progress);
    }

    @Override
    public long saved() throws IOException {
        return sharing.saved();
    }

    @Override
    public List<String> problems() {
        return core.problems();
    }

    @Override
    public boolean isWhole() throws IOException {
        return core.tables().call(Whole::is);
    }

    /**
     * Compares tables and media. Tables that were made anew, or emptied, and have not seen all media since, are compared with all.
     *
     * @param names of media, besides those that the tables know
     */
    private long reconcile(Collection<String> names, Progress progress) throws IOException {
        Map<String, IOException> unopened = core.prepare(concerned(names));
        return core.exclusively(() -> compare(names, unopened, progress));
    }

    /** With the gate closed. @param unopened media that could not be opened before it was, and why */
    private long compare(Collection<String> names, Map<String, IOException> unopened, Progress progress)
            throws IOException {
        Reconciling look = new Reconciling(core, removing, progress, isWhole());
        long entered = look.run(concerned(names), unopened);
        core.letGo(core.tables().call(PartRow::media));
        return entered;
    }

    private Set<String> concerned(Collection<String> names) throws IOException {
        Set<String> all = new TreeSet<>(core.tables().call(PartRow::media));
        all.addAll(names);
        if (!isWhole()) {
            all.addAll(media.get());
        }
        return all;
    }

    @Override
    public boolean look(Progress progress) throws IOException {
        boolean whole = isWhole();
        Set<String> known = new TreeSet<>(core.tables().call(PartRow::media));
        if (core.medium() != null) {
            known.add(core.medium());
        }
        Set<String> unseen = core.unseen();
        Set<String> found = new TreeSet<>();
        for (String name : media.get()) {
            progress.check();
            if (known.contains(name) ? unseen.contains(name) && isOpen(name) : isUsed(name, !whole)) {
                found.add(name);
            }
        }
        if (!found.isEmpty() || !whole) {
            reconcile(found, progress);
        }
        if (found.stream()
                .anyMatch(name -> known.contains(name) && !core.unseen().contains(name))) {
            sharing.retry(); // one is back
        }
        return isWhole();
    }

    /** Whether a medium that could not be looked at can be by now. */
    private boolean isOpen(String name) {
        try {
            core.area(name);
            return true;
        } catch (IOException e) {
            core.unseen(name, Reason.of(e));
            return false;
        }
    }

    /**
     * Whether something of a center's is on a medium. Not with the gate closed: one that hangs is to hold nobody up.
     *
     * @param tell whether it is a problem if nobody knows
     */
    private boolean isUsed(String name, boolean tell) {
        try (Medium area = core.visit(name)) {
            boolean used = !area.list(PartName.AREA + "/").isEmpty();
            core.unseen(name, null);
            return used;
        } catch (IOException e) {
            LOG.debug("medium {} cannot be looked at", name, e);
            if (tell) {
                core.unseen(name, Reason.of(e));
            }
            return false;
        }
    }

    @Override
    public List<String> origins(String after, int limit) throws IOException {
        return core.tables().call(connection -> BackupRow.origins(connection, after, limit));
    }

    @Override
    public Map<String, Object> rebuild(Progress progress) throws IOException {
        core.forgetProblems();
        Map<String, IOException> unopened = core.prepare(media.get());
        sharing.retry();
        return core.exclusively(() -> {
            core.tables().callAnew(connection -> {
                new Entering(connection).clear();
                return connection;
            });
            return Map.of("fileParts", compare(media.get(), unopened, progress));
        });
    }

    @Override
    public Map<String, Object> complete(Progress progress) throws IOException {
        return Map.of("fileParts", reconcile(media.get(), progress));
    }

    @Override
    public List<RunInfo> runs() throws IOException {
        record Row(String origin, String backup, RunRow run) {}
        List<RunInfo> runs = new ArrayList<>();
        for (Row row : core.tables().call(connection -> RunRow.complete(connection, Row::new))) {
            RunInfo said = RunText.read(row.run.info());
            RunId id = new RunId(row.origin, row.backup, row.run.number());
            runs.add(said.named(id).with(row.run.durable()));
        }
        return runs;
    }

    @Override
    public ReadableByteChannel frames(RunId run, long from) throws IOException {
        return RunFrames.open(core, run, from);
    }

    @Override
    public void release(RunId run) throws IOException {
        removing.release(run);
    }

    @Override
    public AutoCloseable onReceived(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void tell() {
        for (Runnable each : listeners) {
            try {
                each.run();
            } catch (RuntimeException e) {
                LOG.warn("who was to be told of a run that is complete failed", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        core.close();
    }
}
