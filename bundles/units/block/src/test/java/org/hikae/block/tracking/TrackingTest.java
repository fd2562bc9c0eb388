package org.hikae.block.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.block.tracking.Lab.region;
import static org.hikae.block.tracking.Lab.set;

import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import org.hikae.api.block.BlockRun;
import org.hikae.api.block.BlockSet;
import org.hikae.api.disk.ChangeTracker;
import org.hikae.api.disk.Changes;
import org.hikae.api.disk.TrackingPoint;
import org.hikae.block.tracking.CrashingStorage.Fault;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Change tracking, case by case. */
class TrackingTest {

    private final Lab lab = new Lab(1 << 16);

    @Nested
    class WithoutACrash {

        @Test
        void aDiskThatWasNeverWrittenHasNotChanged() {
            assertThat(lab.tracking.changed()).isEqualTo(new Changes.Known(BlockSet.empty()));
            assertThat(lab.tracking.problem()).isNull();
            assertThat(lab.files()).isEmpty();
        }

        @Test
        void setsAreExactAndSurviveRestarts() throws IOException {
            lab.write(5, 3);
            TrackingPoint first = lab.backUp();
            lab.write(1000, 1);
            lab.stopAndStart();
            lab.write(7, 1);
            TrackingPoint second = lab.backUp();
            lab.stopAndStart();
            lab.write(2000, 2);
            assertThat(lab.known(first)).isEqualTo(set(7, 1, 1000, 1, 2000, 2));
            assertThat(lab.known(second)).isEqualTo(set(2000, 2));
            assertThat(lab.tracking.changed()).isEqualTo(new Changes.Known(set(2000, 2)));
            lab.stopAndStart();
            assertThat(lab.known(first)).isEqualTo(set(7, 1, 1000, 1, 2000, 2));
            assertThat(lab.known(second)).isEqualTo(set(2000, 2));
        }

        @Test
        void i3_aFailedBackupLeavesTrackingAsItWas() throws IOException {
            lab.write(1, 1);
            TrackingPoint before = lab.backUp();
            lab.write(2, 1);
            ChangeTracker.Epoch failed = lab.tracking.closeEpoch();
            lab.write(10, 1);
            failed.giveBack();
            assertThat(lab.known(before)).isEqualTo(set(2, 1, 10, 1));
            assertThat(lab.tracking.changed()).isEqualTo(new Changes.Known(set(2, 1, 10, 1)));
            lab.stopAndStart();
            assertThat(lab.known(before)).isEqualTo(set(2, 1, 10, 1));
        }

        @Test
        void theLaterOfTwoBackupsTakesBothEpochs() throws IOException {
            lab.write(1, 1);
            ChangeTracker.Epoch first = lab.tracking.closeEpoch();
            lab.write(2, 1);
            ChangeTracker.Epoch second = lab.tracking.closeEpoch();
            second.taken();
            first.giveBack();
            assertThat(lab.tracking.changed()).isEqualTo(new Changes.Known(BlockSet.empty()));
        }

        /** The rest of the disk is in no generation yet. */
        @Test
        void aBackupOfAPartCanBeBuiltUponAndTheChangesOfTheDiskGoOnCounting() throws IOException {
            lab.write(1, 1);
            TrackingPoint whole = lab.backUp();
            lab.write(2, 1);
            ChangeTracker.Epoch epoch = lab.tracking.closeEpoch();
            epoch.takenInPart();
            lab.write(3, 1);
            for (int i = 0; i < 2; i++) {
                assertThat(lab.known(epoch.point())).isEqualTo(set(3, 1));
                assertThat(lab.known(whole)).isEqualTo(set(2, 2));
                assertThat(lab.tracking.changed()).isEqualTo(new Changes.Known(set(2, 2)));
                lab.stopAndStart();
            }
        }

        @Test
        void anEpochKnowsWhatItHoldsSinceAnEarlierPoint() throws IOException {
            lab.write(1, 1);
            TrackingPoint before = lab.backUp();
            lab.write(2, 1);
            ChangeTracker.Epoch epoch = lab.tracking.closeEpoch();
            lab.write(3, 1);
            assertThat(epoch.changedSince(before)).isEqualTo(new Changes.Known(set(2, 1)));
            epoch.taken();
            assertThat(lab.known(before)).isEqualTo(set(2, 2));
        }

        @Test
        void r12_pointsThatAreKeptCanBeToldAndOthersAreSaidNotToBe() throws IOException {
            TrackingPoint one = lab.backUp();
            lab.write(1, 1);
            TrackingPoint two = lab.backUp();
            lab.write(2, 1);
            TrackingPoint three = lab.backUp();
            lab.write(3, 1);
            TrackingPoint four = lab.backUp();
            lab.write(4, 1);
            lab.tracking.keep(Set.of(two, three));
            assertThat(lab.unknown(one)).contains("not kept any more");
            assertThat(lab.known(two)).isEqualTo(set(2, 3));
            assertThat(lab.known(three)).isEqualTo(set(3, 2));
            assertThat(lab.known(four)).as("later than the list").isEqualTo(set(4, 1));
            assertThat(lab.unknown(new TrackingPoint(new UUID(9, 9), 1))).contains("began anew");
            assertThat(lab.unknown(new TrackingPoint(two.lineage(), 999))).contains("later than what is known");
        }

        @Test
        void epochsThatNobodyNeedsBecomeOne() throws IOException {
            TrackingPoint first = lab.backUp();
            for (int i = 0; i < 50; i++) {
                lab.write(i * 300L, 1);
                TrackingPoint point = lab.backUp();
                lab.tracking.keep(Set.of(first, point));
                lab.stopAndStart();
            }
            assertThat(lab.files()).hasSizeLessThan(8);
            assertThat(lab.known(first).count()).isEqualTo(50);
        }

        @Test
        void aLogThatIsFullIsFollowedByAnother() throws IOException {
            Lab small = new Lab(4096);
            TrackingPoint point = small.backUp();
            BlockSet.Builder written = new BlockSet.Builder();
            for (int i = 98; i >= 0; i -= 2) {
                small.write(i * 256L, 2);
                written.add(new BlockRun(i * 256L, 2));
            }
            assertThat(small.known(point)).isEqualTo(written.build());
            small.kill();
            BlockSet.Builder regions = new BlockSet.Builder();
            for (int i = 0; i < 100; i += 2) {
                regions.add(region(i));
            }
            assertThat(small.known(point)).isEqualTo(regions.build());
        }

        @Test
        void whatIsRecordedStaysSoWhenTheLogIsFull() throws IOException {
            Lab small = new Lab(4096);
            for (int i = 98; i >= 0; i -= 2) {
                small.write(i * 256L, 2);
            }
            int before = small.storage.log.size();
            for (int i = 0; i < 100; i += 2) {
                small.write(i * 256L + 9, 2);
            }
            assertThat(small.storage.log).as("nothing has to be written for it").hasSize(before);
        }

        @Test
        void whoWritesInSequenceRecordsAhead() throws IOException {
            int before = lab.storage.log.size();
            for (int i = 0; i < 64; i++) {
                lab.write(i * 256L, 256);
            }
            assertThat(lab.storage.log.subList(before, lab.storage.log.size()).stream()
                            .filter("force log-1"::equals))
                    .hasSize(8);
            assertThat(((Changes.Known) lab.tracking.changed()).blocks()).isEqualTo(set(0, 64 * 256));
        }

        @Test
        void aHugeRunIsOneRecord() throws IOException {
            lab.write(0, Lab.BLOCKS);
            assertThat(lab.storage.log.stream().filter("write into log-1"::equals))
                    .hasSize(1);
        }
    }

    @Nested
    class Marks {

        @Test
        void surviveRestartsAndKills() throws IOException {
            lab.write(1, 1);
            TrackingPoint mark = lab.mark("monday");
            lab.write(2, 1);
            lab.stopAndStart();
            assertThat(lab.tracking.marks()).singleElement().satisfies(found -> {
                assertThat(found.name()).isEqualTo("monday");
                assertThat(found.time()).isEqualTo(Lab.NOON);
                assertThat(found.point()).isEqualTo(mark);
            });
            assertThat(lab.known(mark)).isEqualTo(set(2, 1));
            lab.backUp();
            lab.kill();
            assertThat(lab.known(mark)).isEqualTo(set(2, 1));
            lab.tracking.unmark("monday");
            lab.kill();
            assertThat(lab.tracking.marks()).isEmpty();
            assertThatThrownBy(() -> lab.tracking.unmark("monday")).hasMessageContaining("no mark 'monday'");
        }

        @Test
        void aNameIsGivenOnce() throws IOException {
            lab.mark("m");
            assertThatThrownBy(() -> lab.mark("m")).hasMessageContaining("has a mark 'm' already");
            assertThat(lab.tracking.marks()).hasSize(1);
        }

        @Test
        void ofALineageThatEndedAreStillThereAndSayWhy() throws IOException {
            lab.write(1, 1);
            TrackingPoint mark = lab.mark("m");
            lab.stop();
            lab.stamps.version++;
            lab.start();
            lab.write(2, 1);
            lab.stopAndStart();
            assertThat(lab.tracking.marks()).hasSize(1);
            assertThat(lab.unknown(mark)).contains("began anew", "something else than Hikae's nodes");
        }
    }

    @Nested
    class HomeInTrouble {

        @Test
        void aWriteGoesOnUntrackedAndNobodyTrustsTheTracking() throws IOException {
            lab.write(1, 1);
            TrackingPoint point = lab.backUp();
            lab.storage.fault = Fault.NO_FORCE;
            assertThatThrownBy(() -> lab.write(2000, 1))
                    .hasMessageContaining("is not written")
                    .hasMessageContaining("make the home writable");
            lab.storage.fault = Fault.FULL;
            lab.write(2000, 1);
            lab.write(4000, 1);
            assertThat(lab.unknown(point)).contains("could not be recorded in the home");
            assertThat(lab.tracking.problem()).contains("could not be recorded");
            lab.kill();
            assertThat(lab.unknown(point)).contains("could not be recorded in the home");
        }

        @Test
        void aFullHomeEndsTrackingAndTheNextBackupBeginsItAnew() throws IOException {
            Lab small = new Lab(4096);
            TrackingPoint point = small.backUp();
            small.mark("m");
            small.storage.fault = Fault.FULL;
            for (int i = 0; i < 100; i += 2) {
                small.write(i * 256L, 1);
            }
            assertThat(small.unknown(point)).contains("no space left");
            ChangeTracker.Epoch epoch = small.tracking.closeEpoch();
            assertThat(epoch.point()).isNull();
            epoch.giveBack();
            small.storage.fault = Fault.NONE;
            TrackingPoint full = small.backUp();
            assertThat(full.lineage()).isNotEqualTo(point.lineage());
            small.write(7, 1);
            assertThat(small.known(full)).isEqualTo(set(7, 1));
            assertThat(small.tracking.marks()).as("marks are not forgotten").hasSize(1);
        }

        @Test
        void aReadOnlyHomeRefusesTheWriteUntilItIsWritable() throws IOException {
            lab.write(1, 1);
            TrackingPoint point = lab.backUp();
            lab.stopAndStart();
            lab.storage.fault = Fault.READ_ONLY;
            assertThatThrownBy(() -> lab.write(2, 1)).hasMessageContaining("read-only file system");
            assertThatThrownBy(() -> lab.write(2, 1)).hasMessageContaining("is not written");
            lab.storage.fault = Fault.NONE;
            lab.write(2, 1);
            assertThat(lab.unknown(point)).contains("began anew");
        }

        @Test
        void aMarkOfADiskThatCannotBeTrackedIsRefused() throws IOException {
            lab.storage.fault = Fault.FULL;
            assertThatThrownBy(() -> lab.mark("m")).hasMessageContaining("cannot be marked");
            lab.storage.fault = Fault.NONE;
            lab.mark("m");
        }
    }

    @Test
    void nothingIsRecordedAfterTheEnd() throws IOException {
        lab.write(1, 1);
        ChangeTracker.Recorder other = lab.tracking.join();
        lab.stop();
        assertThatThrownBy(() -> lab.write(1, 1)).hasMessageContaining("was closed");
        assertThatThrownBy(() -> other.record(new BlockRun(5, 1))).hasMessageContaining("has stopped");
    }
}
