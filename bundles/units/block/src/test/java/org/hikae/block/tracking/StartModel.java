package org.hikae.block.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hikae.api.disk.ChangeTracker;

/**
 * With which generation a disk may say that its lineage began: the last one that took its place (R21, I1). A differential
 * backup that builds upon any other one would be a mixture.
 */
final class StartModel {

    /** Null: the disk is no generation. */
    private String generation;
    /** What was written since. */
    private Truth since = nothingPromised();

    private int number;

    private static Truth nothingPromised() {
        Truth truth = new Truth();
        truth.promised = false;
        return truth;
    }

    Truth since() {
        return since;
    }

    /** The disk has become another one: a generation, whose id this returns. */
    String becomesGeneration() {
        generation = "d@" + ++number;
        since = nothingPromised();
        return generation;
    }

    /** The disk has become another one, and is no generation of its own. */
    void becomesSomething() {
        generation = null;
        since = nothingPromised();
    }

    boolean check(Tracking tracking) {
        Optional<ChangeTracker.Start> start = tracking.start();
        if (start.isEmpty()) {
            assertThat(since.promised).as("%s is where it began", generation).isFalse();
            return false;
        }
        assertThat(start.get().generation()).isEqualTo(generation);
        return since.check(start, tracking.changedSince(start.get().point()));
    }
}
