package org.hikae.block.tracking;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Reason;
import org.hikae.block.tracking.Lineage.Plan;
import org.hikae.block.tracking.TrackingState.Origin;
import org.hikae.block.tracking.TrackingState.StoredMark;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of one disk's changes, in memory and in the home, and how the one becomes the other.
 *
 * <p>Two locks: {@link #writing} is held while the home is written or read, and may be held long; the monitor guards what
 * is in memory, and is held for moments only, so that the instant of a backup never waits for the home. Who needs both
 * takes {@link #writing} first. Counting a block takes neither.
 */
final class Book {

    private static final Logger LOG = LoggerFactory.getLogger(Book.class);

    /** Epochs that may be closed before the state has to be written again. */
    private static final int ROOM = 64;

    private final Subject disk;
    private final TrackingFiles files;
    private final StampSource stamps;
    private final InstantSource clock;
    private final Supplier<UUID> uuids;

    /** Serializes what is written to the home; guards the two below too. */
    private final ReentrantLock writing = new ReentrantLock();

    private boolean loaded;
    private boolean closed;

    /** Null: there is none, or it has ended. Guarded by this, as the three below. */
    private Lineage lineage;
    /** Those of earlier lineages too. */
    private List<StoredMark> marks = List.of();
    /** Why there is no lineage, or why the one before ended; null if there never was one. */
    private String problem;

    private int writers;

    /** Null: the next write begins one. Changed under the monitor. */
    private volatile Run run;
    /** Nothing is counted, and the state in the home is gone: so nobody will rely on it. */
    private volatile boolean untracked;
    /** Whether we may have written since the stamp was taken. */
    private volatile boolean touched;

    Book(Subject disk, TrackingFiles files, StampSource stamps, InstantSource clock, Supplier<UUID> uuids) {
        this.disk = disk;
        this.files = files;
        this.stamps = stamps;
        this.clock = clock;
        this.uuids = uuids;
    }

    /** The lineage, for a caller that holds the monitor. */
    Lineage lineage() {
        return lineage;
    }

    Run run() {
        return run;
    }

    /** For a caller that holds the monitor. */
    List<StoredMark> marks() {
        return marks;
    }

    void marks(List<StoredMark> next) {
        marks = next;
    }

    void touch() {
        touched = true;
    }

    synchronized void join() {
        writers++;
    }

    /** The last writer that leaves makes everything exact and durable. */
    void leave() {
        boolean last;
        synchronized (this) {
            last = --writers == 0;
        }
        if (last) {
            settleIfIdle();
        }
    }

    /** Does something that reads or writes the home, with what was known at the start of the platform loaded. */
    <T> T exclusively(Action<T> action) throws IOException {
        writing.lock();
        try {
            checkOpen();
            load();
            return action.run();
        } finally {
            writing.unlock();
        }
    }

    /** What is done under the lock for the home. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException;
    }

    /**
     * Counts blocks as changed.
     *
     * @throws IOException if that cannot be made durable, and it cannot be made sure either that nobody relies on it
     */
    void record(BlockRun blocks) throws IOException {
        if (!touched) {
            touched = true;
        }
        while (!untracked) {
            Run present = run;
            IOException failure = null;
            try {
                if (present != null && present.record(blocks)) {
                    return;
                }
            } catch (IOException e) {
                failure = e;
            }
            renew(present, failure);
        }
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("disk '" + disk.name() + "' is closed: the block manager has stopped");
        }
    }

    /** Begins the run that comes after one; if that one failed, nothing is tracked from now on. */
    private void renew(Run present, IOException failure) throws IOException {
        writing.lock();
        try {
            checkOpen();
            boolean mended =
                    present != null && failure == null && !present.log().ended();
            if (run == present && !untracked && !mended) {
                begin(failure);
            }
        } finally {
            writing.unlock();
        }
    }

    private void begin(IOException failure) throws IOException {
        load();
        try {
            if (failure != null) {
                throw failure;
            }
            try {
                goOn();
            } catch (DamagedException e) {
                end(Reason.of(e));
                goOn();
            }
        } catch (IOException e) {
            untrack(e);
        }
    }

    private void goOn() throws IOException {
        if (run != null) {
            changeLog(run);
        } else {
            checkStamp();
            beginRun();
        }
    }

    /** The log is full: what it has recorded goes on to count, in a file that is written once. */
    private void changeLog(Run present) throws IOException {
        close(present.log());
        long epoch;
        synchronized (this) {
            epoch = present.open().number();
        }
        Run.Carried before = present.carried();
        BlockSet regions = present.log().regions(epoch);
        if (before != null && before.epoch() == epoch) {
            regions = regions.union(before.regions());
        }
        Run.Carried carried = new Run.Carried(lineage.nextFile(), epoch, regions);
        files.writeSet(carried.file(), regions);
        present.goOn(saveWithLog(carried), carried);
    }

    private RegionLog saveWithLog(Run.Carried carried) throws IOException {
        RegionLog log = files.createLog(identity(lineage, lineage.nextFile()));
        try {
            save(new Plan(lineage.current() + ROOM, log.number(), carried, lineage.stamp(), false));
            return log;
        } catch (IOException | RuntimeException | Error e) {
            close(log);
            throw e;
        }
    }

    private void beginRun() throws IOException {
        if (lineage == null) {
            beginLineage();
        }
        RegionLog log = saveWithLog(null);
        synchronized (this) {
            run = new Run(lineage.grain(), log, lineage.current());
            touched = true;
        }
    }

    private LogFormat.Identity identity(Lineage of, long number) {
        return new LogFormat.Identity(disk.id(), of.id(), number);
    }

    /** Ends the run, if there is one: what it has counted is to be saved; the next write waits for {@link #writing}. */
    private synchronized Run freeze() {
        Run last = run;
        if (last != null) {
            last.open().end();
            lineage.add(Piece.of(last.open()));
            run = null;
        }
        return last;
    }

    private void close(Run ended) {
        if (ended != null) {
            close(ended.log());
        }
    }

    private void close(RegionLog log) {
        try {
            log.end();
        } catch (IOException e) {
            LOG.warn("disk {}: a log of its changes was not closed cleanly", disk.name(), e);
        }
    }

    /** Begins a lineage, in memory. As long as no state tells of it, none of its epochs can be closed. */
    private void beginLineage() throws IOException {
        boolean idle = idle();
        DiskStamp stamp = idle ? stamps.settled() : stamps.now();
        long file = files.unusedNumber();
        synchronized (this) {
            Origin origin = new Origin(
                    disk.id(), disk.blockSize(), uuids.get(), clock.instant(), problem == null ? "" : problem);
            lineage = new Lineage(origin, stamp, idle, file);
            touched = !idle;
        }
    }

    private synchronized boolean idle() {
        return writers == 0;
    }

    /**
     * Makes ready for the end of an epoch.
     *
     * @return false if tracking could not be brought to work
     */
    boolean prepare() {
        writing.lock();
        try {
            checkOpen();
            load();
            checkStamp();
            try {
                makeRoom();
            } catch (DamagedException e) {
                end(Reason.of(e));
                makeRoom();
            }
            return true;
        } catch (IOException e) {
            LOG.warn("disk {}: its changes cannot be tracked now: {}", disk.name(), Reason.of(e));
            return false;
        } finally {
            writing.unlock();
        }
    }

    /** A new lineage counts from the moment that its state is durable: who writes untracked until then is not part of it. */
    private void makeRoom() throws IOException {
        if (lineage != null) {
            if (lineage.room() <= ROOM / 2) {
                save(plan());
            }
            return;
        }
        beginLineage();
        try {
            save(plan());
            untracked = false;
        } catch (IOException e) {
            synchronized (this) {
                lineage = null;
            }
            throw e;
        }
    }

    /** The plan of a state that differs in what is saved, and in nothing else. */
    private synchronized Plan plan() {
        Run.Carried carried = run == null ? null : run.carried();
        return new Plan(
                lineage.current() + ROOM,
                run == null ? 0 : run.log().number(),
                carried == null || carried.epoch() < lineage.current() ? null : carried,
                lineage.stamp(),
                run == null && lineage.clean());
    }

    /** Saves what is in memory, and goes on. For a caller that {@link #exclusively} has the home. */
    void save() throws IOException {
        if (lineage == null) {
            makeRoom();
        } else {
            save(plan());
        }
    }

    private void save(Plan plan) throws IOException {
        Lineage saving = lineage;
        Lineage.Draft draft;
        List<StoredMark> current;
        synchronized (this) {
            current = marks;
            draft = saving.draft(epochs(saving, current), plan.resume());
        }
        List<SavedSet> sets = new SetWriter(files, saving::nextFile).write(draft);
        TrackingState state;
        synchronized (this) {
            state = saving.state(draft, sets, plan, current);
        }
        files.replaceState(state);
        synchronized (this) {
            saving.saved(draft, state);
        }
        tidy(state);
    }

    private static List<Long> epochs(Lineage of, List<StoredMark> marks) {
        return marks.stream()
                .filter(mark -> mark.lineage().equals(of.id()))
                .map(StoredMark::epoch)
                .toList();
    }

    private void tidy(TrackingState state) {
        try {
            files.clean(state);
        } catch (IOException e) {
            LOG.warn("disk {}: old files of its change tracking stay for now: {}", disk.name(), Reason.of(e));
        }
    }

    /** Settles for good; nothing can be recorded any more. */
    void close() {
        writing.lock();
        try {
            settle();
            closed = true;
        } finally {
            writing.unlock();
        }
    }

    private void settleIfIdle() {
        writing.lock();
        try {
            if (idle()) {
                settle();
            }
        } finally {
            writing.unlock();
        }
    }

    /** Saves everything exactly: a clean stop. Regions stand in for what cannot be saved. */
    private void settle() {
        untracked = false;
        if (lineage == null || run == null && lineage.clean() && lineage.allSaved()) {
            return;
        }
        Run last = freeze();
        try {
            DiskStamp stamp = stamps.settled();
            touched = false;
            save(new Plan(lineage.current(), 0, null, stamp, true));
        } catch (IOException e) {
            touched = true;
            LOG.warn("disk {}: its changes are not known exactly: {}", disk.name(), Reason.of(e));
        } finally {
            close(last);
        }
    }

    /** Reads what the platform before this one left, once. What cannot be read ends the lineage. */
    private void load() {
        if (loaded) {
            return;
        }
        loaded = true;
        try {
            TrackingState state = files.readState(TrackingFiles.STATE);
            if (state != null) {
                load(state);
                checkStamp();
            } else {
                loadEnded();
            }
        } catch (IOException e) {
            end(Reason.of(e));
        }
    }

    private void load(TrackingState state) throws IOException {
        marks = List.copyOf(state.marks());
        if (!state.origin().disk().equals(disk.id()) || state.origin().blockSize() != disk.blockSize()) {
            throw new DamagedException("its state is another disk's");
        }
        Lineage found = new Lineage(state);
        if (state.carried() != 0 && state.carriedEpoch() >= state.logFrom()) {
            BlockSet regions = files.readSet(state.carried());
            found.add(Piece.of(state.carriedEpoch(), found.grain().blocks(regions)));
        }
        if (state.log() != 0) {
            for (LogEntry entry : files.readLog(identity(found, state.log()))) {
                if (entry.epoch() >= state.logFrom()) {
                    found.add(Piece.of(entry.epoch(), found.grain().blocks(entry.regions())));
                }
            }
        }
        problem = state.origin().reason().isEmpty() ? null : state.origin().reason();
        lineage = found;
        touched = !state.clean();
    }

    /** A state that was given up: its marks are still known, though nobody can tell what changed since. */
    private void loadEnded() throws IOException {
        TrackingState ended = files.readState(TrackingFiles.ENDED);
        if (ended != null) {
            marks = List.copyOf(ended.marks());
            end("its changes could not be recorded in the home");
        }
    }

    /** R14: ends the lineage if the disk is not what we left. */
    private void checkStamp() {
        String difference;
        synchronized (this) {
            difference = lineage == null ? null : difference();
        }
        if (difference != null) {
            end(difference);
        }
    }

    /**
     * Whether the disk is what we left, at an instant when no write is in flight. From then on it is known by what it is
     * now. For a caller that holds the monitor; there is a lineage.
     */
    boolean isSameAtInstant() {
        DiskStamp now = look();
        if (now == null) {
            return true;
        } else if (lineage.stamp().differenceTo(now, touched) != null) {
            return false;
        }
        lineage.stamp(now);
        touched = false;
        return true;
    }

    /** In what the disk differs from what we left; null if in nothing, or if it cannot be looked at. */
    private String difference() {
        DiskStamp now = look();
        return now == null ? null : lineage.stamp().differenceTo(now, touched);
    }

    /** Null for a disk that cannot be looked at: nothing can be read from it then, which others will tell. */
    private DiskStamp look() {
        try {
            return stamps.now();
        } catch (IOException e) {
            LOG.debug("disk {} cannot be looked at", disk.name(), e);
            return null;
        }
    }

    /** Ends the lineage, in memory. The state in the home stays until the next write, and then goes first. */
    void end(String reason) {
        Run last = null;
        synchronized (this) {
            if (lineage != null) {
                last = freeze();
            }
            lineage = null;
            problem = reason;
        }
        close(last);
        LOG.warn("disk {}: change tracking begins anew, since {}; the next backup is a full one", disk.name(), reason);
    }

    /**
     * Goes on without tracking, as soon as it is certain that nobody will rely on it.
     *
     * @throws IOException if that cannot be made certain
     */
    private void untrack(IOException cause) throws IOException {
        String reason = "its changes could not be recorded in the home: " + Reason.of(cause);
        if (lineage != null || !reason.equals(problem)) {
            end(reason);
        }
        try {
            files.endState();
            untracked = true;
        } catch (IOException e) {
            IOException refused = new IOException("disk '" + disk.name() + "' is not written: that it changes can "
                    + "neither be recorded in the home, nor can tracking be given up there (" + Reason.of(cause)
                    + "); make the home writable");
            refused.addSuppressed(e);
            throw refused;
        }
    }

    /** Why the next backup has to be a full one; null if it need not be. For a caller that holds the monitor. */
    String problem() {
        if (lineage == null) {
            return problem == null ? null : "changes are not tracked, since " + problem;
        } else if (lineage.taken() == 0 && !lineage.origin().reason().isEmpty()) {
            return "change tracking began anew at " + lineage.origin().began() + ", since "
                    + lineage.origin().reason();
        }
        return null;
    }
}
