package org.hikae.block.tracking;

import java.io.IOException;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Reason;
import org.hikae.block.tracking.Lineage.Plan;
import org.hikae.block.tracking.TrackingState.Origin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How what is in memory of one disk's changes gets into the home, when it does, and what happens if it does not.
 *
 * <p>Two locks: {@link #writing} is held while the home is written or read, and may be held long; the monitor of
 * {@link #present} is held for moments. Who needs both takes {@link #writing} first. Counting a block takes neither.
 */
final class Book {

    private static final Logger LOG = LoggerFactory.getLogger(Book.class);

    private final Subject disk;
    private final TrackingFiles files;
    private final Archive archive;
    private final Watch watch;
    private final Endings endings;
    private final InstantSource clock;
    private final Supplier<UUID> uuids;
    private final Executor later;
    private final AtomicBoolean settling = new AtomicBoolean();
    private final Present present = new Present();

    /** Serializes what is written to the home; guards the two below. */
    private final ReentrantLock writing = new ReentrantLock();

    private boolean loaded;
    private boolean closed;

    /** Nothing is counted, and the state in the home is gone: so nobody will rely on it. */
    private volatile boolean untracked;

    Book(
            Subject disk,
            TrackingFiles files,
            StampSource stamps,
            InstantSource clock,
            Supplier<UUID> uuids,
            Executor later) {
        this.disk = disk;
        this.files = files;
        this.archive = new Archive(disk, files, present);
        this.watch = new Watch(stamps);
        this.endings = new Endings(disk, files, present);
        this.clock = clock;
        this.uuids = uuids;
        this.later = later;
    }

    Present present() {
        return present;
    }

    Watch watch() {
        return watch;
    }

    /** After the last writer has left everything is made exact and durable, unless somebody comes back soon. */
    void leave() {
        watch.leaving();
        if (present.leave() && settling.compareAndSet(false, true)) {
            later.execute(this::settleIfIdle);
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

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("disk '" + disk.name() + "' is closed: the block manager has stopped");
        }
    }

    /**
     * Counts blocks as changed.
     *
     * @throws IOException if that cannot be made durable, and it cannot be made sure either that nobody relies on it
     */
    void record(BlockRun blocks) throws IOException {
        boolean counted = false;
        while (!counted && !untracked) {
            Run run = present.run();
            IOException failure = null;
            try {
                counted = run != null && run.record(blocks);
            } catch (IOException e) {
                failure = e;
            }
            if (!counted) {
                renew(run, failure);
            }
        }
        // Not before: the first write after a pause has the disk compared with what was left (R14).
        watch.touch();
    }

    /** Makes it possible to record again, unless somebody else has done so: with a new run, a new log, or untracked. */
    private void renew(Run run, IOException failure) throws IOException {
        writing.lock();
        try {
            checkOpen();
            boolean renewed = run != null && failure == null && !run.log().ended();
            if (present.run() == run && !untracked && !renewed) {
                load();
                goOn(run, failure);
            }
        } finally {
            writing.unlock();
        }
    }

    private void goOn(Run run, IOException failure) throws IOException {
        try {
            if (failure != null) {
                throw failure;
            }
            try {
                goOn(run);
            } catch (DamagedException e) {
                end(Reason.of(e));
                goOn(null);
            }
        } catch (IOException e) {
            endings.giveUp(e);
            untracked = true;
        }
    }

    private void goOn(Run run) throws IOException {
        if (run != null) {
            changeLog(run);
            return;
        }
        checkStamp();
        if (present.lineage() == null) {
            beginLineage("");
        }
        present.beginRun(saveWithLog(null));
    }

    /** The log is full: what it has recorded goes on to count, in a file that is written once. */
    private void changeLog(Run run) throws IOException {
        endings.end(run.log());
        long epoch;
        synchronized (present) {
            epoch = run.open().number();
        }
        Run.Carried before = run.carried();
        BlockSet regions = run.log().regions(epoch);
        if (before != null && before.epoch() == epoch) {
            regions = regions.union(before.regions());
        }
        Run.Carried carried = archive.carry(present.lineage(), epoch, regions);
        run.goOn(saveWithLog(carried), carried);
    }

    private RegionLog saveWithLog(Run.Carried carried) throws IOException {
        Lineage lineage = present.lineage();
        RegionLog log = archive.createLog(lineage);
        try {
            save(new Plan(Present.ROOM, log.number(), carried, lineage.stamp(), false));
            return log;
        } catch (IOException | RuntimeException | Error e) {
            endings.end(log);
            throw e;
        }
    }

    /**
     * Begins a lineage, in memory. As long as no state tells of it, none of its epochs can be closed.
     *
     * @param start as {@link Origin#start}
     */
    private void beginLineage(String start) throws IOException {
        boolean idle = present.idle();
        DiskStamp stamp = idle ? watch.settled() : watch.now();
        String reason = present.reason() == null ? "" : present.reason();
        Origin origin = new Origin(disk.id(), disk.blockSize(), uuids.get(), clock.instant(), reason, start);
        present.begin(new Lineage(origin, stamp, idle, files.unusedNumber()));
        watch.touched(!idle);
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

    private void makeRoom() throws IOException {
        if (present.lineage() == null) {
            beginAnew("");
        } else if (present.room() <= Present.ROOM / 2) {
            save(present.plan());
        }
    }

    /** A new lineage counts from the moment that its state is durable: who writes untracked until then is not part of it. */
    private void beginAnew(String start) throws IOException {
        beginLineage(start);
        try {
            save(present.plan());
            untracked = false;
        } catch (IOException e) {
            present.begin(null);
            throw e;
        }
    }

    /** Saves what is in memory, and goes on. For a caller that {@link #exclusively} has the home. */
    void save() throws IOException {
        if (present.lineage() == null) {
            beginAnew("");
        } else {
            save(present.plan());
        }
    }

    /** Ends the lineage, and no platform after this one goes on with it. For a caller that has the home as for {@link #save}. */
    void endDurably(String reason) throws IOException {
        endings.endDurably(reason);
    }

    /**
     * Begins the lineage of a disk that has become what a generation is (R21); likewise.
     *
     * @throws IOException if the home cannot be written; there is no lineage then
     */
    void beginFrom(String generation) throws IOException {
        endDurably("generation " + generation + " took its place");
        try {
            beginAnew(generation);
        } catch (IOException e) {
            endDurably("generation " + generation + " took its place, which could not be recorded in the home");
            throw e;
        }
    }

    /** Before blocks are written that do not change: should we die then, the disk's times are ours, and not others' (R14). */
    void rewrite() throws IOException {
        while (!untracked && present.run() == null) {
            renew(null, null);
        }
    }

    private void save(Plan plan) throws IOException {
        archive.save(present.lineage(), plan, present::marks);
    }

    /** Settles for good; nothing can be recorded any more. */
    void close() {
        writing.lock();
        try {
            Present.Frozen last = present.freeze();
            settle(last);
            closed = true;
        } finally {
            writing.unlock();
        }
    }

    private void settleIfIdle() {
        settling.set(false);
        writing.lock();
        try {
            Present.Frozen last = closed ? null : present.freezeIfIdle();
            if (last != null) {
                settle(last);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Saves everything exactly: a clean stop, if nobody of ours can still be writing. Regions stand in for the rest. */
    private void settle(Present.Frozen last) {
        untracked = false;
        try {
            if (!present.isSettled()) {
                DiskStamp stamp = last.idle() ? watch.left() : watch.settled();
                watch.touched(!last.idle());
                save(new Plan(0, 0, null, stamp, last.idle()));
            }
        } catch (IOException e) {
            watch.touch();
            LOG.warn("disk {}: its changes are not known exactly: {}", disk.name(), Reason.of(e));
        } finally {
            if (last.run() != null) {
                endings.end(last.run().log());
            }
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
            if (state != null && !state.ended().isEmpty()) {
                loadEnded(state);
            } else if (state != null) {
                present.marks(state.marks());
                present.load(state, archive.load(state));
                watch.touched(!state.clean());
                checkStamp();
            } else {
                loadEnded(files.readState(TrackingFiles.ENDED));
            }
        } catch (IOException e) {
            end(Reason.of(e));
        }
    }

    /**
     * A state that was given up: its marks are still known, though nobody can tell what changed since.
     *
     * @param ended null: there is none
     */
    private void loadEnded(TrackingState ended) {
        if (ended != null) {
            present.marks(ended.marks());
            end(ended.ended().isEmpty() ? "its changes could not be recorded in the home" : ended.ended());
        }
    }

    /** R14: ends the lineage if the disk is not what we left. */
    private void checkStamp() {
        String difference;
        // As one step: an instant gives the lineage another stamp, and a new start to the watch.
        synchronized (present) {
            Lineage lineage = present.lineage();
            difference = lineage == null ? null : watch.difference(lineage.stamp());
        }
        if (difference != null) {
            end(difference);
        }
    }

    /** As {@link Endings#end(String)}. */
    void end(String reason) {
        endings.end(reason);
    }
}
