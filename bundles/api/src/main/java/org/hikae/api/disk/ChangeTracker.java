package org.hikae.api.disk;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.hikae.api.block.BlockRun;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The changed-block list of a disk (a.9), in epochs: one ends, and the next begins, at each backup and at each mark.
 * Thread-safe.
 *
 * <p>It survives the end of the platform, whatever kind that is (I2, R11): a block that was written after an epoch ended
 * is in every changed set since then. Without a crash the sets are exact; a crash makes them larger, by the blocks around
 * those that were written, and never smaller. What cannot be told any more is said to be so, and not guessed.
 *
 * <p>No method fails because the home cannot be written: then tracking ends, which {@link #problem} tells, and begins
 * anew as soon as it can.
 */
@ProviderType
public interface ChangeTracker {

    /** Lets somebody record changes. While anybody does, the disk counts as being written by us. */
    Recorder join();

    /**
     * As {@link #join}, by somebody who also writes what the disk holds already, such as blocks of a generation that stands in
     * for it. That is not recorded, and until the recorder is closed the times of the disk's file tell of nobody else's
     * writes (R14).
     *
     * @throws IOException if a later platform would take these writes for somebody else's, and that cannot be prevented: they
     *     must not be made
     */
    Recorder rewrite() throws IOException;

    /** What has changed since the newest sealed generation of the whole disk, or since tracking began. */
    Changes changed();

    /** What has changed since a point: in the epochs that ended later, and in the current one. */
    Changes changedSince(TrackingPoint point);

    /**
     * Does what would make the pause of {@link #closeEpoch} longer. Called before the writers are held, while they write;
     * {@link #closeEpoch} does it itself otherwise.
     */
    void prepare();

    /**
     * Ends the current epoch and begins the next. Only called while no write is in flight on any node (R5); takes well
     * below a millisecond after {@link #prepare}.
     *
     * @return the epoch that ended
     */
    Epoch closeEpoch();

    /**
     * Says which points still matter: those of the generations that can be parents (R12). What lies between two of them
     * is kept as one; what lies before the first is forgotten. Marks are kept without being named, and so is every point
     * later than all that are given, since its generation may be younger than the list.
     */
    void keep(Set<TrackingPoint> points);

    /**
     * Begins a new lineage, since the disk holds exactly what a generation does from now on (R21): what changed before is
     * forgotten, older marks and points are not known any more, and a differential backup builds upon that generation. Only
     * called while nobody has joined, and after {@link #end}, which comes before the disk changes. When it returns this is
     * durable. Should the disk become something else, such as the old one again, {@link #end} comes before that, too.
     *
     * @param generation {@code DISK@N}, of this disk
     * @throws IOException if the home cannot be written; the next backup is a full one
     * @throws IllegalStateException if somebody has joined
     */
    void startFrom(String generation) throws IOException;

    /**
     * Ends the lineage, durably: the next backup is a full one, and marks that are there are known, but not what changed since.
     *
     * @param reason in half a sentence, such as {@code a generation took its place}
     * @throws IOException if the home cannot be written; it is not known whether the lineage has ended
     */
    void end(String reason) throws IOException;

    /** The generation that the disk held exactly when its lineage began; empty if there was none. */
    Optional<Start> start();

    /**
     * How a lineage began.
     *
     * @param generation {@code DISK@N}
     * @param point what changed since is what changed since the generation's T0
     */
    record Start(String generation, TrackingPoint point) {}

    /** Why the next backup has to be a full one, in a sentence; null if tracking is as it should be. */
    String problem();

    /** The right to record changes, of one door. Thread-safe. */
    @ProviderType
    interface Recorder extends AutoCloseable {

        /**
         * Adds the blocks to the current epoch; called before they are written. When it returns, they are in the changed
         * set whatever happens, or no changed set will ever be told that would have to have them.
         *
         * @throws IOException if neither could be made sure, or after {@link #close}: then the blocks must not be written
         */
        void record(BlockRun run) throws IOException;

        /** Called once all that was recorded has been written. */
        @Override
        void close();
    }

    /**
     * An epoch that ended. Exactly one of {@link #taken}, {@link #takenInPart} and {@link #giveBack} is called, once; I3 hangs on
     * it.
     */
    @ProviderType
    interface Epoch {

        /** The instant at which it ended; null if tracking could not be brought to work. */
        TrackingPoint point();

        /** What changed after an earlier point and up to the end of this epoch. */
        Changes changedSince(TrackingPoint from);

        /** A generation that holds these changes is sealed: its point is kept. */
        void taken();

        /**
         * A generation that holds those of these changes that a group of files has is sealed (b.7): its point is kept, and {@link
         * ChangeTracker#changed} counts from the earlier one, as if the epoch had not ended.
         */
        void takenInPart();

        /** The backup failed: the changes count from the earlier point, as if the epoch had not ended. */
        void giveBack();
    }
}
