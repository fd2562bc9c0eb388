package org.hikae.block.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.block.tracking.CrashingStorage.Fault;
import org.junit.jupiter.api.Test;

/** R21: a generation takes a disk's place, and a new lineage begins with it. */
class StartTest {

    private final Lab lab = new Lab(1 << 20);

    /** As a mount does it. */
    private TrackingPoint become(String generation) throws IOException {
        lab.recorder.close();
        lab.tracking.end("another content takes its place");
        lab.tracking.startFrom(generation);
        lab.recorder = lab.tracking.join();
        return point();
    }

    private TrackingPoint point() {
        return lab.tracking.start().orElseThrow().point();
    }

    @Test
    void r21_whatIsWrittenCountsFromTheGenerationOn() throws IOException {
        lab.write(1, 1);
        lab.backUp();
        TrackingPoint start = become("d@1");
        assertThat(start.epoch()).isZero();
        assertThat(lab.known(start)).isEqualTo(Lab.set());
        assertThat(lab.tracking.problem())
                .as("the next backup can be a differential one")
                .isNull();
        lab.write(7, 2);
        TrackingPoint next = lab.backUp();
        lab.write(9, 1);
        assertThat(lab.known(start)).isEqualTo(Lab.set(7, 3));
        assertThat(lab.known(next)).isEqualTo(Lab.set(9, 1));
        lab.stopAndStart();
        assertThat(lab.tracking.start()).contains(new ChangeTracker.Start("d@1", start));
        assertThat(lab.known(start)).isEqualTo(Lab.set(7, 3));
    }

    @Test
    void r21_olderPointsAndMarksAreNotKnownAnyMoreAndItIsSaidWhy() throws IOException {
        TrackingPoint mark = lab.mark("monday");
        TrackingPoint before = lab.backUp();
        become("d@1");
        for (int start = 0; start < 2; start++) {
            assertThat(lab.unknown(mark)).contains("generation d@1 took its place");
            assertThat(lab.unknown(before)).contains("generation d@1 took its place");
            assertThat(lab.tracking.marks()).extracting("name").containsExactly("monday");
            lab.stopAndStart();
        }
    }

    @Test
    void r21_anEndIsDurableAndSoIsItsReason() throws IOException {
        TrackingPoint mark = lab.mark("monday");
        lab.tracking.end("a generation took its place");
        for (int start = 0; start < 2; start++) {
            assertThat(lab.tracking.start()).isEmpty();
            assertThat(lab.tracking.problem()).contains("since a generation took its place");
            assertThat(lab.unknown(mark)).contains("a generation took its place");
            assertThat(lab.tracking.marks()).extracting("name").containsExactly("monday");
            lab.kill();
        }
        lab.write(3, 1);
        TrackingPoint next = lab.backUp();
        assertThat(lab.known(next)).isEqualTo(Lab.set());
    }

    @Test
    void r21_theOldDiskThatComesBackIsNotTheGeneration() throws IOException {
        become("d@1");
        lab.tracking.end("the old disk is back");
        lab.kill();
        assertThat(lab.tracking.start()).isEmpty();
        assertThat(lab.tracking.problem()).contains("the old disk is back");
    }

    @Test
    void theBeginningIsKeptAsLongAsItMatters() throws IOException {
        TrackingPoint start = become("d@1");
        lab.write(7, 1);
        TrackingPoint first = lab.backUp();
        lab.tracking.keep(Set.of(start, first));
        lab.write(8, 1);
        lab.stopAndStart();
        assertThat(lab.known(start)).isEqualTo(Lab.set(7, 2));
        lab.tracking.keep(Set.of(first));
        assertThat(lab.unknown(start)).contains("not kept any more");
        assertThat(lab.known(first)).isEqualTo(Lab.set(8, 1));
    }

    @Test
    void nobodyMayHaveTheDiskOpen() {
        assertThatThrownBy(() -> lab.tracking.startFrom("d@1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("disk d is open");
    }

    @Test
    void aHomeThatCannotBeWrittenRefusesAndNothingBeginsThere() throws IOException {
        TrackingPoint before = lab.backUp();
        lab.recorder.close();
        lab.storage.fault = Fault.READ_ONLY;
        assertThatThrownBy(() -> lab.tracking.end("another content takes its place"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("make the home writable");
        lab.storage.fault = Fault.FULL;
        assertThatThrownBy(() -> lab.tracking.startFrom("d@1")).isInstanceOf(IOException.class);
        assertThat(lab.tracking.start()).isEmpty();
        lab.unknown(before);
        lab.kill();
        assertThat(lab.tracking.start()).isEmpty();
        lab.unknown(before);
    }

    @Test
    void r14_blocksThatAreBroughtBackAreNobodyElsesWrites() throws IOException {
        TrackingPoint start = become("d@1");
        try (ChangeTracker.Recorder rewriter = lab.tracking.rewrite()) {
            lab.stamps.version++;
            assertThat(lab.known(start)).isEqualTo(Lab.set());
            TrackingPoint next = lab.backUp();
            lab.stamps.version++;
            assertThat(lab.known(next)).as("after an instant").isEqualTo(Lab.set());
            rewriter.record(new org.hikae.api.block.BlockRun(4, 1));
        }
        lab.stopAndStart();
        assertThat(lab.known(start)).as("after a clean stop").isEqualTo(Lab.set(4, 1));
        lab.tracking.rewrite();
        lab.stamps.version++;
        lab.kill();
        assertThat(lab.known(start)).as("after a crash").isEqualTo(Lab.set(4, 1));
        lab.tracking.rewrite().close();
        lab.backUp();
        lab.stamps.version++;
        lab.tracking.prepare();
        assertThat(lab.unknown(start)).as("later").contains("changed by something else");
    }

    @Test
    void r14_whatOthersWroteBeforeIsNoticed() throws IOException {
        TrackingPoint start = become("d@1");
        lab.stamps.version++;
        try (ChangeTracker.Recorder rewriter = lab.tracking.rewrite()) {
            assertThat(lab.unknown(start)).contains("changed by something else");
            assertThat(lab.tracking.start()).isEmpty();
            rewriter.record(new org.hikae.api.block.BlockRun(4, 1));
        }
    }
}
