package org.hikae.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.ChangeTracker;
import org.junit.jupiter.api.Test;

class EpochTrackerTest {

    private final EpochTracker tracker = new EpochTracker();

    @Test
    void aFailedBackupLeavesTrackingAsItWas() {
        tracker.record(new BlockRun(1, 2));
        ChangeTracker.Epoch epoch = tracker.closeEpoch();
        tracker.record(new BlockRun(10, 1));
        epoch.giveBack();
        assertThat(tracker.changed()).isEqualTo(BlockSet.of(new BlockRun(1, 2), new BlockRun(10, 1)));
    }

    @Test
    void aSealedBackupTakesItsEpochAndNothingLater() {
        tracker.record(new BlockRun(1, 2));
        ChangeTracker.Epoch epoch = tracker.closeEpoch();
        tracker.record(new BlockRun(10, 1));
        assertThat(tracker.changed().count()).isEqualTo(3);
        epoch.taken();
        assertThat(tracker.changed()).isEqualTo(BlockSet.range(10, 1));
    }

    @Test
    void theLaterOfTwoBackupsTakesBothEpochs() {
        tracker.record(new BlockRun(1, 1));
        ChangeTracker.Epoch first = tracker.closeEpoch();
        tracker.record(new BlockRun(2, 1));
        ChangeTracker.Epoch second = tracker.closeEpoch();
        second.taken();
        first.giveBack();
        assertThat(tracker.changed()).isEqualTo(BlockSet.empty());
    }
}
