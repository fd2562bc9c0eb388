package org.hikae.api.disk;

import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The changed-block list of a disk (a.9), in epochs: one ends, and the next begins, at each backup. Thread-safe.
 *
 * <p>So far the lists live in memory and tell only what changed since the platform started.
 */
@ProviderType
public interface ChangeTracker {

    /** Adds the blocks to the current epoch; called by the door before it writes them. */
    void record(BlockRun run);

    /** The blocks recorded in the epochs that no sealed generation has taken over yet. */
    BlockSet changed();

    /**
     * Ends the current epoch and begins the next. Only called while no write is in flight on any node (R5).
     *
     * @return the epoch that ended
     */
    Epoch closeEpoch();

    /** An epoch that ended. Exactly one of the two methods is called, once; I3 hangs on it. */
    @ProviderType
    interface Epoch {

        /** A generation that holds these changes is sealed: they are forgotten. */
        void taken();

        /** The backup failed: the changes count as changed since the last backup again. */
        void giveBack();
    }
}
