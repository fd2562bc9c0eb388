package org.hikae.block.tracking;

import java.util.List;
import java.util.Optional;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.block.tracking.Lineage.Plan;
import org.hikae.block.tracking.TrackingState.StoredMark;

/**
 * What is in memory of one disk's changes. Its monitor guards all of it, lineages included, and is held for moments only:
 * the instant of a backup takes it.
 */
final class Present {

    /** Epochs that may be closed before the state has to be written again. */
    static final int ROOM = 64;

    /** Null: there is none, or it has ended. Guarded by this, as all below. */
    private Lineage lineage;
    /** Those of earlier lineages too. */
    private List<StoredMark> marks = List.of();
    /** Why there is no lineage, or why the one before ended, in half a sentence; null if there never was one. */
    private String reason;

    private int writers;
    /** Null: the next write begins one. Changed under the monitor. */
    private volatile Run run;

    synchronized Lineage lineage() {
        return lineage;
    }

    synchronized void begin(Lineage next) {
        lineage = next;
    }

    /** Goes on from what the platform before this one left. */
    synchronized void load(TrackingState state, Lineage left) {
        lineage = left;
        reason = state.origin().reason().isEmpty() ? null : state.origin().reason();
    }

    synchronized List<StoredMark> marks() {
        return marks;
    }

    synchronized void marks(List<StoredMark> next) {
        marks = List.copyOf(next);
    }

    /** Empty: there is no lineage, or it began with no generation. */
    synchronized Optional<ChangeTracker.Start> start() {
        return Optional.ofNullable(lineage)
                .filter(now -> !now.origin().start().isEmpty())
                .map(now ->
                        new ChangeTracker.Start(now.origin().start(), new TrackingPoint(now.id(), Lineage.BEGINNING)));
    }

    synchronized String reason() {
        return reason;
    }

    synchronized void join() {
        writers++;
    }

    /** Whether it was the last writer that left. */
    synchronized boolean leave() {
        return --writers == 0;
    }

    synchronized boolean idle() {
        return writers == 0;
    }

    Run run() {
        return run;
    }

    /** Begins a run, whose log the state in the home tells of. */
    synchronized void beginRun(RegionLog log) {
        run = new Run(lineage.grain(), log, lineage.current());
    }

    /**
     * A run that has ended: what it has counted is to be saved.
     *
     * @param run null if there was none
     * @param idle whether nobody can still be writing what was counted in it
     */
    record Frozen(Run run, boolean idle) {}

    /** Ends the run, if there is one. */
    synchronized Frozen freeze() {
        Run last = run;
        if (last != null) {
            last.open().end();
            lineage.add(Piece.of(last.open()));
            run = null;
        }
        return new Frozen(last, idle());
    }

    /** As one step: who comes back after it needs a run of its own. Null if somebody has come back. */
    synchronized Frozen freezeIfIdle() {
        return idle() ? freeze() : null;
    }

    /** Ends the lineage, and returns its run, if there is one. */
    synchronized Run end(String why) {
        Run last = freeze().run();
        lineage = null;
        reason = why;
        return last;
    }

    /** Epochs that may be closed; there is a lineage. */
    synchronized long room() {
        return lineage.room();
    }

    /** Whether the home knows everything, and that we have written nothing since. */
    synchronized boolean isSettled() {
        return lineage == null || run == null && lineage.clean() && lineage.allSaved();
    }

    /** The plan of a state that differs in what is saved, and in nothing else. */
    synchronized Plan plan() {
        Run.Carried carried = run == null ? null : run.carried();
        return new Plan(
                ROOM,
                run == null ? 0 : run.log().number(),
                carried == null || carried.epoch() < lineage.current() ? null : carried,
                lineage.stamp(),
                run == null && lineage.clean());
    }

    /** Why the next backup has to be a full one, in a sentence; null if it need not be. */
    synchronized String problem() {
        if (lineage == null) {
            return reason == null ? null : "changes are not tracked, since " + reason;
        }
        boolean based = lineage.taken() > 0 || !lineage.origin().start().isEmpty();
        if (!based && !lineage.origin().reason().isEmpty()) {
            return "change tracking began anew at " + lineage.origin().began() + ", since "
                    + lineage.origin().reason();
        }
        return null;
    }
}
