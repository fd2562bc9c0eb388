package org.hikae.files.center.collect;

import org.hikae.files.center.store.CenterStore.Stored;

/**
 * What became of a transfer.
 *
 * @param stored what is durable of the run now; null: not known
 * @param why of what is neither complete nor a part, a sentence; else null
 */
record Outcome(End end, Stored stored, String why) {

    /** How a transfer ends. */
    enum End {
        /** The run is here. */
        COMPLETE,
        /** A part is here, and its order is still in force. */
        PART,
        /** The order is not in force any more. */
        PAUSED,
        /** The sender went away, or was too slow. */
        CUT,
        /** What came are no frames of this run. */
        REFUSED,
        /** What the run builds upon, or refers to, is not here. */
        FULL_WANTED,
        /** It cannot be stored. */
        FAILED
    }
}
