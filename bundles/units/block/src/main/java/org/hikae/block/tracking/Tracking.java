package org.hikae.block.tracking;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.Mark;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.api.job.Reason;
import org.hikae.block.tracking.TrackingState.StoredMark;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The changes of one disk (a.9, a.11, R11, R12, R14): what others ask and tell of it. Thread-safe. */
public final class Tracking implements ChangeTracker {

    private static final Logger LOG = LoggerFactory.getLogger(Tracking.class);

    private final Subject disk;
    private final TrackingFiles files;
    private final Book book;
    private final Present present;

    /** @param later does what can wait until nobody comes back for a while */
    Tracking(
            Subject disk,
            TrackingFiles files,
            StampSource stamps,
            InstantSource clock,
            Supplier<UUID> uuids,
            Executor later) {
        this.disk = disk;
        this.files = files;
        this.book = new Book(disk, files, stamps, clock, uuids, later);
        this.present = book.present();
    }

    @Override
    public Recorder join() {
        return new BookRecorder(book, disk.name());
    }

    @Override
    public Recorder rewrite() throws IOException {
        return BookRecorder.rewrite(book, disk.name());
    }

    @Override
    public void prepare() {
        book.prepare();
    }

    @Override
    public ClosedEpoch closeEpoch() {
        ClosedEpoch closed = tryClose();
        if (closed == null && book.prepare()) {
            closed = tryClose();
        }
        return closed == null ? new ClosedEpoch(this, null) : closed;
    }

    /** Without touching the home; null if that has to be prepared first, or the disk is not what we left. */
    private ClosedEpoch tryClose() {
        synchronized (present) {
            Lineage lineage = present.lineage();
            if (lineage == null || lineage.room() <= 0) {
                return null;
            }
            DiskStamp stamp = book.watch().atInstant(lineage.stamp());
            if (stamp == null) {
                return null;
            }
            lineage.stamp(stamp);
            Run run = present.run();
            if (run != null) {
                lineage.add(Piece.of(run.nextEpoch()));
            }
            return new ClosedEpoch(this, new TrackingPoint(lineage.id(), lineage.close()));
        }
    }

    @Override
    public Changes changed() {
        return changes(null, Long.MAX_VALUE);
    }

    @Override
    public Changes changedSince(TrackingPoint point) {
        return changes(point, Long.MAX_VALUE);
    }

    /** What changed after a point, or after the newest sealed generation for null, and up to the end of an epoch. */
    Changes changes(TrackingPoint from, long to) {
        try {
            return book.exclusively(() -> read(from, to));
        } catch (IOException e) {
            return new Changes.Unknown(
                    "the changes of disk '" + disk.name() + "' cannot be read from the home: " + Reason.of(e));
        }
    }

    private Changes read(TrackingPoint from, long to) throws IOException {
        List<Piece> pieces;
        List<SavedSet> saved;
        synchronized (present) {
            Lineage lineage = present.lineage();
            String why = whyUnknown(from);
            if (why != null) {
                return new Changes.Unknown("disk '" + disk.name() + "': " + why);
            }
            if (lineage == null) {
                return new Changes.Known(BlockSet.empty());
            }
            long after = from == null ? lineage.taken() : from.epoch();
            saved = lineage.savedWithin(after, to);
            pieces = new ArrayList<>(lineage.unsavedWithin(after, to));
            if (present.run() != null && present.run().open().number() <= to) {
                pieces.add(Piece.of(present.run().open()));
            }
        }
        return union(pieces, saved);
    }

    /** For null: of a disk that was never written, nothing has changed. */
    private String whyUnknown(TrackingPoint from) {
        Lineage lineage = present.lineage();
        if (lineage == null) {
            String problem = present.problem();
            return problem == null && from != null ? "nothing is known of its changes" : problem;
        } else if (from == null) {
            return present.problem();
        } else if (from.lineage().equals(lineage.id())) {
            return lineage.whyUnknown(from.epoch());
        }
        String reason = lineage.origin().reason();
        return "change tracking began anew at " + lineage.origin().began()
                + (reason.isEmpty() ? "" : ", since " + reason);
    }

    private Changes union(List<Piece> pieces, List<SavedSet> saved) throws IOException {
        BlockSet blocks = BlockSet.empty();
        for (Piece piece : pieces) {
            blocks = blocks.union(piece.blocks().get());
        }
        try {
            for (SavedSet set : saved) {
                blocks = blocks.union(files.readSet(set.file()));
            }
        } catch (DamagedException e) {
            book.end(Reason.of(e));
            return new Changes.Unknown("disk '" + disk.name() + "': " + Reason.of(e));
        }
        return new Changes.Known(blocks);
    }

    @Override
    public void keep(Set<TrackingPoint> points) {
        update(lineage -> lineage.keep(points.stream()
                .filter(point -> point.lineage().equals(lineage.id()))
                .map(TrackingPoint::epoch)
                .toList()));
    }

    void taken(TrackingPoint point) {
        sealed(point, Lineage::take);
    }

    void takenInPart(TrackingPoint point) {
        sealed(point, Lineage::takeInPart);
    }

    private void sealed(TrackingPoint point, ObjLongConsumer<Lineage> take) {
        update(lineage -> {
            boolean ours = lineage.id().equals(point.lineage());
            if (ours) {
                lineage.unpin(point.epoch());
                take.accept(lineage, point.epoch());
            }
            return ours;
        });
    }

    /** Nothing has to be durable: the end of an epoch that nobody knows of harms nothing. */
    void giveBack(TrackingPoint point) {
        synchronized (present) {
            // If the nodes did not stand still, a write may have come between the stamp and now.
            book.watch().touch();
            if (present.lineage() != null && present.lineage().id().equals(point.lineage())) {
                present.lineage().giveBack(point.epoch());
            }
        }
    }

    /** Changes which ends of epochs matter. If the home cannot be written, it does so with the next change. */
    private void update(Predicate<Lineage> change) {
        try {
            book.exclusively(() -> {
                boolean changed;
                synchronized (present) {
                    changed = present.lineage() != null && change.test(present.lineage());
                }
                if (changed) {
                    book.save();
                }
                return null;
            });
        } catch (IOException e) {
            LOG.warn("disk {}: which of its changes matter is not saved yet: {}", disk.name(), Reason.of(e));
        }
    }

    @Override
    public void startFrom(String generation) throws IOException {
        book.exclusively(() -> {
            if (!present.idle()) {
                throw new IllegalStateException("disk " + disk.name() + " is open, and cannot become " + generation);
            }
            book.beginFrom(generation);
            return null;
        });
    }

    @Override
    public void end(String reason) throws IOException {
        book.exclusively(() -> {
            book.endDurably(reason);
            return null;
        });
    }

    @Override
    public Optional<Start> start() {
        try {
            return book.exclusively(present::start);
        } catch (IOException e) {
            LOG.warn("disk {}: with what its changes began cannot be told: {}", disk.name(), Reason.of(e));
            return Optional.empty();
        }
    }

    @Override
    public String problem() {
        try {
            return book.exclusively(present::problem);
        } catch (IOException e) {
            return Reason.of(e);
        }
    }

    /**
     * Makes a mark of an epoch that ended, durably.
     *
     * @throws IOException if there is one of that name, or changes are not tracked, or the home cannot be written; the
     *     epoch is to be given back then
     */
    Mark mark(TrackingPoint point, String name, Instant time) throws IOException {
        return book.exclusively(() -> {
            checkMarkable(point, name);
            StoredMark mark = new StoredMark(name, time, point.lineage(), point.epoch());
            List<StoredMark> next = new ArrayList<>(present.marks());
            next.add(mark);
            saveMarks(next);
            synchronized (present) {
                present.lineage().unpin(point.epoch());
            }
            return toMark(mark);
        });
    }

    private void checkMarkable(TrackingPoint point, String name) throws IOException {
        synchronized (present) {
            Lineage lineage = present.lineage();
            if (point == null || lineage == null || !lineage.id().equals(point.lineage())) {
                throw new IOException(
                        "disk '" + disk.name() + "' cannot be marked: its changes cannot be tracked; see the log");
            }
        }
        checkNewMark(name);
    }

    /** @throws IOException if there is a mark of that name */
    void checkNewMark(String name) throws IOException {
        if (present.marks().stream().anyMatch(mark -> mark.name().equals(name))) {
            throw new IOException(
                    "disk '" + disk.name() + "' has a mark '" + name + "' already; choose another name, or remove it");
        }
    }

    List<Mark> marks() throws IOException {
        return book.exclusively(
                () -> present.marks().stream().map(Tracking::toMark).toList());
    }

    /** @throws IOException if there is no such mark, or the home cannot be written */
    void unmark(String name) throws IOException {
        book.exclusively(() -> {
            List<StoredMark> next = new ArrayList<>(present.marks());
            if (!next.removeIf(mark -> mark.name().equals(name))) {
                throw new IOException(
                        "disk '" + disk.name() + "' has no mark '" + name + "'; see 'mark list " + disk.name() + "'");
            }
            saveMarks(next);
            return null;
        });
    }

    private void saveMarks(List<StoredMark> next) throws IOException {
        List<StoredMark> before = present.marks();
        present.marks(next);
        try {
            book.save();
        } catch (IOException e) {
            present.marks(before);
            throw e;
        }
    }

    private static Mark toMark(StoredMark mark) {
        return new Mark(mark.name(), mark.time(), new TrackingPoint(mark.lineage(), mark.epoch()));
    }

    /** Saves what is known; nothing can be recorded any more. */
    void close() {
        book.close();
    }
}
