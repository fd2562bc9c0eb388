package org.hikae.block.tracking;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Reason;
import org.hikae.block.tracking.Lineage.Plan;
import org.hikae.block.tracking.TrackingState.StoredMark;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lineages on their way into the home and back. One caller at a time. */
final class Archive {

    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);

    private final Subject disk;
    private final TrackingFiles files;
    /** Guards lineages and marks; never held while the home is written. */
    private final Object monitor;

    Archive(Subject disk, TrackingFiles files, Object monitor) {
        this.disk = disk;
        this.files = files;
        this.monitor = monitor;
    }

    /**
     * The lineage that a state tells of, as a crash has left it: regions stand in for the blocks that were not saved (R11).
     *
     * @throws DamagedException if something of it cannot be read
     */
    Lineage load(TrackingState state) throws IOException {
        if (!state.origin().disk().equals(disk.id()) || state.origin().blockSize() != disk.blockSize()) {
            throw new DamagedException("its state is another disk's");
        }
        Lineage lineage = new Lineage(state);
        if (state.carried() != 0 && state.carriedEpoch() >= state.logFrom()) {
            BlockSet regions = files.readSet(state.carried());
            lineage.add(Piece.of(state.carriedEpoch(), lineage.grain().blocks(regions)));
        }
        if (state.log() != 0) {
            recorded(state, files.readLog(identity(lineage, state.log())))
                    .forEach((epoch, regions) ->
                            lineage.add(Piece.of(epoch, lineage.grain().blocks(regions.build()))));
        }
        return lineage;
    }

    /** What a log has recorded, put together by epoch: it may have thousands of records. */
    private static SortedMap<Long, BlockSet.Builder> recorded(TrackingState state, Iterable<LogEntry> log) {
        SortedMap<Long, BlockSet.Builder> recorded = new TreeMap<>();
        for (LogEntry entry : log) {
            if (entry.epoch() >= state.logFrom()) {
                recorded.computeIfAbsent(entry.epoch(), epoch -> new BlockSet.Builder())
                        .add(entry.regions());
            }
        }
        return recorded;
    }

    RegionLog createLog(Lineage lineage) throws IOException {
        return files.createLog(identity(lineage, lineage.nextFile()));
    }

    /** Writes what full logs have recorded of an epoch. */
    Run.Carried carry(Lineage lineage, long epoch, BlockSet regions) throws IOException {
        Run.Carried carried = new Run.Carried(lineage.nextFile(), epoch, regions);
        files.writeSet(carried.file(), regions);
        return carried;
    }

    private LogFormat.Identity identity(Lineage of, long number) {
        return new LogFormat.Identity(disk.id(), of.id(), number);
    }

    /**
     * Makes durable what is known of a lineage, as one step.
     *
     * @throws IOException if that fails; what was durable before still is, and whether the new state is, too, is not known
     */
    void save(Lineage lineage, Plan plan, Supplier<List<StoredMark>> marks) throws IOException {
        Lineage.Draft draft;
        List<StoredMark> marksNow;
        synchronized (monitor) {
            marksNow = marks.get();
            draft = lineage.draft(epochs(lineage, marksNow), plan.room());
        }
        List<SavedSet> sets = new SetWriter(files, lineage::nextFile).write(draft);
        TrackingState state;
        synchronized (monitor) {
            state = lineage.state(draft, sets, plan, marksNow);
        }
        files.replaceState(state);
        synchronized (monitor) {
            lineage.saved(draft, state);
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
}
