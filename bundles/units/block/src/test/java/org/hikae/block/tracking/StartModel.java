package org.hikae.block.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.hikae.api.disk.ChangeTracker;

/**
 * With which generation a disk may say that its lineage began: the last one that took its place (R21, I1). A differential
 * backup that builds upon any other one would be a mixture.
 */
final class StartModel {

    private final Lab lab;
    /** Null: the disk is no generation. */
    private String generation;
    /** What was written since. */
    private Truth since = nothingPromised();

    private int number;
    /** Who writes what is there already; or null. */
    private ChangeTracker.Recorder rewriter;

    StartModel(Lab lab) {
        this.lab = lab;
    }

    private static Truth nothingPromised() {
        Truth truth = new Truth();
        truth.promised = false;
        return truth;
    }

    Truth since() {
        return since;
    }

    /** The disk has become another one: a generation, or something of which tracking is told nothing. */
    void become(boolean aGeneration) throws IOException {
        since = nothingPromised();
        generation = aGeneration ? "d@" + ++number : null;
        if (aGeneration) {
            lab.tracking.startFrom(generation);
            since.promised = true;
        }
    }

    /** Writes what is there already, if that has begun; else begins with it. */
    void rewrite(boolean last) throws IOException {
        if (rewriter == null) {
            rewriter = lab.tracking.rewrite();
        } else if (last) {
            closeRewriter();
        } else {
            lab.stamps.version++;
        }
    }

    void closeRewriter() {
        if (rewriter != null) {
            rewriter.close();
            rewriter = null;
        }
    }

    /** It was killed. */
    void forgetRewriter() {
        rewriter = null;
    }

    boolean check() {
        Optional<ChangeTracker.Start> start = lab.tracking.start();
        if (start.isEmpty()) {
            assertThat(since.promised).as("%s is where it began", generation).isFalse();
            return false;
        }
        assertThat(start.get().generation()).isEqualTo(generation);
        return since.check(start, lab.tracking.changedSince(start.get().point()));
    }
}
