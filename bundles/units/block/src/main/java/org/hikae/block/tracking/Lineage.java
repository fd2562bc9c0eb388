package org.hikae.block.tracking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.hikae.block.tracking.TrackingState.Origin;
import org.hikae.block.tracking.TrackingState.Points;
import org.hikae.block.tracking.TrackingState.StoredMark;

/**
 * A lineage of epochs as it stands in memory: which one is current, what is saved of the earlier ones and what is not
 * yet, and which of their ends matter. Not thread-safe: its owner says what guards it.
 */
final class Lineage {

    /** What stands for the end of an epoch where there was none before: the first one is 1. */
    static final long BEGINNING = 0;

    private final Origin origin;
    private final Grain grain;
    private long current;
    /** A restart would go on with this epoch, or a later one; no epoch from it on may be closed before that is changed. */
    private long limit;

    private long floor;
    private long taken;
    private long nextFile;
    private SortedSet<Long> kept;
    private List<SavedSet> saved;
    private final List<Piece> unsaved = new ArrayList<>();
    /** Ends of epochs whose backups go on; one may be there twice. */
    private final List<Long> pinned = new ArrayList<>();
    /** Ends of epochs that came to nothing. */
    private final Set<Long> returned = new HashSet<>();

    private DiskStamp stamp;
    /** Whether the saved state says that nothing was written after its stamp. */
    private boolean clean;

    /**
     * A lineage that begins.
     *
     * @param clean whether nobody of ours can have written since the stamp
     */
    Lineage(Origin origin, DiskStamp stamp, boolean clean, long nextFile) {
        this.origin = origin;
        this.grain = Grain.of(origin.blockSize(), stamp.size());
        this.current = 1;
        this.nextFile = nextFile;
        this.kept = new TreeSet<>(origin.start().isEmpty() ? Set.of() : Set.of(BEGINNING));
        this.saved = List.of();
        this.stamp = stamp;
        this.clean = clean;
    }

    /** The lineage that a state tells of. */
    Lineage(TrackingState state) {
        this.origin = state.origin();
        this.grain = Grain.of(origin.blockSize(), state.stamp().size());
        this.current = state.resume();
        this.limit = state.resume();
        this.floor = state.points().floor();
        this.taken = state.points().taken();
        this.nextFile = state.nextFile();
        this.kept = new TreeSet<>(state.points().kept());
        this.saved = List.copyOf(state.sets());
        this.stamp = state.stamp();
        this.clean = state.clean();
    }

    Origin origin() {
        return origin;
    }

    UUID id() {
        return origin.lineage();
    }

    Grain grain() {
        return grain;
    }

    long current() {
        return current;
    }

    long taken() {
        return taken;
    }

    DiskStamp stamp() {
        return stamp;
    }

    /** The disk is the same as before, and this is what it is known by from now on. */
    void stamp(DiskStamp now) {
        stamp = now;
    }

    boolean clean() {
        return clean;
    }

    long nextFile() {
        return nextFile++;
    }

    /** Epochs that may be closed before the state has to be written again. */
    long room() {
        return limit - current;
    }

    void add(Piece piece) {
        unsaved.add(piece);
    }

    boolean allSaved() {
        return unsaved.isEmpty();
    }

    /** Ends the current epoch and keeps its end until it is {@link #unpin unpinned}; its number. */
    long close() {
        pinned.add(current);
        return current++;
    }

    void unpin(long epoch) {
        pinned.remove(epoch);
    }

    /** The end of that epoch is of no interest any more. */
    void giveBack(long epoch) {
        unpin(epoch);
        returned.add(epoch);
    }

    void take(long epoch) {
        taken = Math.max(taken, epoch);
        kept.add(epoch);
    }

    /** A part of the disk is in a generation: that part can be told the changes since, and of the rest they go on counting. */
    void takeInPart(long epoch) {
        kept.add(epoch);
    }

    /** Keeps these ends, and those later than all of them; whether that changed anything. */
    boolean keep(Collection<Long> epochs) {
        long newest = epochs.stream().mapToLong(Long::longValue).max().orElse(0);
        SortedSet<Long> next = new TreeSet<>(kept.tailSet(newest + 1));
        epochs.stream().filter(epoch -> whyUnknown(epoch) == null).forEach(next::add);
        boolean changed = !next.equals(kept);
        kept = next;
        return changed;
    }

    /** Why nobody can tell what came after the end of that epoch; null if it can be told. */
    String whyUnknown(long point) {
        boolean merged = saved.stream().anyMatch(set -> set.epochs().covers(point));
        if (point < floor || merged) {
            return "it is not kept any more what changed since then";
        }
        return point >= current ? "that point is later than what is known here" : null;
    }

    /** What was changed after one epoch and up to another, as far as it is saved. */
    List<SavedSet> savedWithin(long from, long to) {
        return saved.stream()
                .filter(set -> set.epochs().last() > from && set.epochs().last() <= to)
                .toList();
    }

    List<Piece> unsavedWithin(long from, long to) {
        return unsaved.stream()
                .filter(piece -> piece.epochs().last() > from && piece.epochs().last() <= to)
                .toList();
    }

    /**
     * What is about to be saved. From now on no more epochs may be closed than the old and the new state bear.
     *
     * @param room how many epochs the new one shall bear
     */
    Draft draft(Collection<Long> marked, int room) {
        limit = Math.min(limit, current + room);
        TreeSet<Long> needed = new TreeSet<>(marked);
        needed.addAll(kept);
        needed.add(taken);
        needed.addAll(unclear(needed.last()));
        needed.addAll(pinned);
        needed.removeIf(point -> point < floor);
        return new Draft(List.copyOf(unsaved), saved, needed, current, current + room);
    }

    /**
     * Ends of epochs after the last that is known to be needed. A crash may have come between the seal of a generation
     * and our knowing of it: then its end is one of these.
     */
    private List<Long> unclear(long last) {
        return Stream.concat(
                        saved.stream().map(SavedSet::epochs), unsaved.stream().map(Piece::epochs))
                .map(Span::last)
                .filter(end -> end > last && end < current && !returned.contains(end))
                .toList();
    }

    /**
     * What is to be saved.
     *
     * @param needed ends of epochs that matter
     * @param current number of the epoch that was current then
     * @param resume number of the one that a restart goes on with
     */
    record Draft(List<Piece> unsaved, List<SavedSet> saved, TreeSet<Long> needed, long current, long resume) {}

    /**
     * How a state is to be.
     *
     * @param room number of epochs that may be closed before the state has to be written again
     * @param log number of the log that is written; 0 for none
     * @param carried what full logs before it have held; null for none
     */
    record Plan(int room, long log, Run.Carried carried, DiskStamp stamp, boolean clean) {}

    /** The state that a draft becomes, once its sets are written. */
    TrackingState state(Draft draft, List<SavedSet> sets, Plan plan, List<StoredMark> marks) {
        long first = draft.needed().first();
        return new TrackingState(
                origin,
                plan.stamp(),
                plan.clean(),
                draft.resume(),
                new Points(first, taken, new TreeSet<>(kept.tailSet(first))),
                plan.log(),
                draft.current(),
                plan.carried() == null ? 0 : plan.carried().file(),
                plan.carried() == null ? 0 : plan.carried().epoch(),
                nextFile,
                sets,
                marks,
                "");
    }

    /** The state is durable. */
    void saved(Draft draft, TrackingState state) {
        unsaved.removeAll(draft.unsaved());
        returned.removeIf(epoch -> epoch <= floor);
        saved = state.sets();
        floor = state.points().floor();
        limit = state.resume();
        stamp = state.stamp();
        clean = state.clean();
    }
}
