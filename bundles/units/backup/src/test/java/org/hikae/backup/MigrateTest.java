package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.MigrateRequest;
import org.hikae.api.backup.TapeJobs;
import org.hikae.api.backup.TapePolicy;
import org.hikae.api.tape.BufferStatus;
import org.junit.jupiter.api.Test;

/** What a policy brings to tape, and off the media. */
class MigrateTest {

    private final TapeJobsFixture all = new TapeJobsFixture();

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }

    private static MigrateRequest request(Duration after, int above, Duration keepBoth) {
        return new MigrateRequest("d", null, new TapePolicy(after, above, keepBoth, "p"));
    }

    private Map<String, Object> migrate(MigrateRequest request) throws Exception {
        return TapeJobsFixture.result(all.unit.migrate(request));
    }

    private void write(String... ids) throws Exception {
        TapeJobsFixture.result(all.unit.write(new TapeJobs.Write(List.of(ids), "p", true, false, 1)));
    }

    @Test
    void byAge() throws Exception {
        all.add(null, days(9));
        all.add("d@1", days(8));
        all.add("d@2", days(6));
        MigrateRequest request = request(days(7), 0, days(14));
        assertThat(all.unit.plan(request))
                .containsExactly("write d@1: it is older than 7d", "write d@2: it is older than 7d");
        assertThat(migrate(request)).containsEntry("written", "d@1, d@2").containsEntry("evicted", "");
        assertThat(all.jobs.started.get(0).subject()).isEqualTo("migrate d to pool p");
        assertThat(all.unit.plan(request)).isEmpty();
        all.now = all.now.plus(days(14));
        assertThat(all.unit.plan(request))
                .containsExactly(
                        "write d@3: it is older than 7d",
                        "evict d@1: it has been on tape for 14d",
                        "evict d@2: it has been on tape for 14d");
        assertThat(migrate(request)).containsEntry("written", "d@3").containsEntry("evicted", "d@1, d@2");
        all.now = all.now.plus(days(14));
        assertThat(migrate(request)).containsEntry("written", "").containsEntry("evicted", "d@3");
        assertThat(all.unit.plan(request)).isEmpty();
    }

    /** Nothing has changed since the one before: without it the disk could not be restored to that time from tapes alone. */
    @Test
    void whatHasNoDataGoesToTapeToo() throws Exception {
        all.store.bytes = 0;
        all.add(null, days(9));
        MigrateRequest request = request(days(7), 0, Duration.ZERO);
        assertThat(all.unit.plan(request)).containsExactly("write d@1: it is older than 7d");
        assertThat(migrate(request)).containsEntry("written", "d@1").containsEntry("evicted", "");
        assertThat(all.unit.plan(request)).isEmpty();
    }

    @Test
    void withoutTimeForBothTheyStayOnBoth() throws Exception {
        all.add(null, days(9));
        migrate(request(days(7), 0, null));
        all.now = all.now.plus(days(1000));
        assertThat(all.unit.plan(request(days(7), 0, null))).isEmpty();
        assertThat(all.unit.plan(request(days(7), 0, Duration.ZERO)))
                .containsExactly("evict d@1: it has been on tape for 0s");
    }

    @Test
    void atOnceIfNothingIsToBeKeptOnBoth() throws Exception {
        all.add(null, days(9));
        assertThat(all.unit.plan(request(Duration.ZERO, 0, Duration.ZERO)))
                .containsExactly("write d@1: it is older than 0s", "evict d@1: it has been on tape for 0s");
        assertThat(migrate(request(Duration.ZERO, 0, Duration.ZERO)))
                .containsEntry("written", "d@1")
                .containsEntry("evicted", "d@1");
    }

    /** 90 of 100 are used, and the mark is 70: of 10 each, the two oldest have to go. */
    @Test
    void byAMarkTheOldestGoUntilTheMediumIsBelowIt() throws Exception {
        all.store.bytes = 10;
        all.medium("m", 100, 10, null);
        for (int i = 4; i > 0; i--) {
            all.add(null, days(i));
        }
        write("d@1");
        MigrateRequest request = request(null, 70, days(100));
        assertThat(all.unit.plan(request))
                .containsExactly(
                        "write d@2: medium m is 90% full",
                        "evict d@1: medium m is 90% full", "evict d@2: medium m is 90% full");
        assertThat(migrate(request))
                .containsEntry("written", "d@2")
                .containsEntry("evicted", "d@1, d@2")
                .containsEntry("freedBytes", 20L)
                .doesNotContainKey("leftUndone");
        all.medium("m", 100, 30, null);
        assertThat(all.unit.plan(request)).isEmpty();
    }

    /** What was read from tape goes by itself. */
    @Test
    void theBufferPressesNobody() throws Exception {
        all.store.bytes = 10;
        all.medium("m", 100, 15, null);
        all.add(null, days(3));
        BufferStatus[] buffer = {new BufferStatus("m", "auto", 50, 10, 0, 0, 0, null, Duration.ZERO, null)};
        all.tapes((method, arguments) -> buffer[0]);
        assertThat(all.unit.plan(request(null, 80, null))).isEmpty();
        buffer[0] = new BufferStatus("other", "auto", 50, 10, 0, 0, 0, null, Duration.ZERO, null);
        assertThat(all.unit.plan(request(null, 80, null)))
                .containsExactly("write d@1: medium m is 85% full", "evict d@1: medium m is 85% full");
    }

    @Test
    void aMediumThatStaysTooFullIsTold() throws Exception {
        all.store.bytes = 10;
        all.medium("m", 100, 5, null);
        all.add(null, days(3));
        all.add(null, days(2));
        all.mounted.add("d@2");
        String note = "medium m is 95% full, and stays above 80%: nothing more of what is meant can leave it now";
        assertThat(all.unit.plan(request(null, 80, null)))
                .containsExactly("write d@1: medium m is 95% full", "evict d@1: medium m is 95% full", note);
        assertThat(migrate(request(null, 80, null)))
                .containsEntry("leftUndone", note)
                .containsEntry("evicted", "d@1");
    }

    /** Not that there is nothing to do: the medium is full of something else. */
    @Test
    void soIsOneOnWhichNothingIsLeftThatCouldLeaveIt() throws Exception {
        all.store.bytes = 10;
        all.medium("m", 100, 50, null);
        all.add(null, days(3));
        migrate(request(null, 45, null));
        assertThat(all.unit.plan(request(null, 45, null)))
                .containsExactly(
                        "medium m is 50% full, and stays above 45%: nothing more of what is meant can leave it now");
    }

    @Test
    void aMediumThatCannotBeMeasuredIsNotTooFull() throws Exception {
        all.add(null, days(3));
        all.medium("m", -1, -1, "it hangs");
        assertThat(all.unit.plan(request(null, 1, null))).isEmpty();
    }

    @Test
    void whatWasMadeOnTapeIsLeftAlone() throws Exception {
        all.tapeMedium("vault");
        all.store.medium = "vault";
        all.add(null, days(9));
        assertThat(all.unit.plan(request(Duration.ZERO, 1, Duration.ZERO))).isEmpty();
    }

    @Test
    void sizesOfWholePetabytes() throws Exception {
        all.store.bytes = Integer.MAX_VALUE;
        all.medium("m", Long.MAX_VALUE, Long.MAX_VALUE / 10, null);
        all.add(null, days(3));
        assertThat(all.unit.plan(request(null, 80, null)))
                .hasSize(3)
                .first()
                .isEqualTo("write d@1: medium m is 90% full");
        all.medium("m", Long.MAX_VALUE, Long.MAX_VALUE / 4, null);
        assertThat(all.unit.plan(request(null, 80, null))).isEmpty();
    }

    @Test
    void whatIsInUseStays() throws Exception {
        for (int i = 4; i > 0; i--) {
            all.add(null, days(i));
        }
        all.mounted.add("d@1");
        all.store.holds.put("d@2", List.of("pin", "the in-place mount of disk data"));
        all.store.holds.put("d@3", List.of("pin"));
        assertThat(migrate(request(Duration.ZERO, 0, Duration.ZERO)))
                .containsEntry("written", "d@1, d@2, d@3, d@4")
                .containsEntry("evicted", "d@3, d@4");
    }

    /** The parent is not of those that are meant by age, having been merged lately. */
    @Test
    void whatItBuildsUponGoesWithIt() throws Exception {
        all.add(null, days(1));
        all.add("d@1", days(9));
        assertThat(all.unit.plan(request(days(7), 0, null)))
                .containsExactly("write d@1: d@2 builds upon it", "write d@2: it is older than 7d");
        write("d@1");
        assertThat(all.unit.plan(request(days(7), 0, null))).containsExactly("write d@2: it is older than 7d");
    }

    @Test
    void whatItBuildsUponMayBeInAnotherPool() throws Exception {
        all.add(null, days(9));
        all.add("d@1", days(8));
        TapeJobsFixture.result(all.unit.write(new TapeJobs.Write(List.of("d@1"), "old", false, false, 1)));
        TapeJobsFixture.result(all.unit.evict(List.of("d@1")));
        assertThat(migrate(request(days(7), 0, null))).containsEntry("written", "d@2");
    }

    @Test
    void aDamagedParentIsToldAndNoReasonToKeepTheOthersFromTape() throws Exception {
        String damaged = all.store.add(null, all.now.minus(days(9)), null, "torn");
        all.add(damaged, days(8));
        assertThat(migrate(request(days(7), 0, null)))
                .containsEntry("written", "d@2")
                .doesNotContainKey("leftUndone");
        all.add("d@2", days(8));
        assertThat(all.unit.plan(request(days(7), 0, null)))
                .containsExactly(
                        "write d@3: it is older than 7d", "generation d@1, which d@3 builds upon, is left out: torn");
    }

    @Test
    void ofOtherDisksAndGroupsNothingGoes() throws Exception {
        all.add(null, days(9));
        all.store.group = "docs";
        all.add(null, days(9));
        TapePolicy policy = new TapePolicy(days(7), 0, null, "p");
        assertThat(all.unit.plan(new MigrateRequest("d", null, policy)))
                .containsExactly("write d@1: it is older than 7d");
        assertThat(all.unit.plan(new MigrateRequest("d", "docs", policy)))
                .containsExactly("write d@2: it is older than 7d");
        assertThat(all.unit.plan(new MigrateRequest("other", null, policy))).isEmpty();
        assertThat(all.unit.plan(new MigrateRequest(null, null, policy))).hasSize(2);
        assertThat(MigrateSteps.subject(new MigrateRequest("d", "docs", policy)))
                .isEqualTo("group docs of d to pool p");
        assertThat(MigrateSteps.subject(new MigrateRequest(null, null, policy))).isEqualTo("all disks to pool p");
    }

    @Test
    void tapesThatCannotBeWrittenKeepNothingFromBeingEvicted() throws Exception {
        all.add(null, days(9));
        all.add(null, days(8));
        write("d@1");
        all.tier.watch = source -> {
            throw new IOException("no cartridge of pool p has room: import or label one");
        };
        assertThat(TapeJobsFixture.failure(all.unit.migrate(request(days(7), 0, Duration.ZERO))))
                .hasMessage(
                        "not all could be written: no cartridge of pool p has room: import or label one; evicted: d@1");
        assertThat(all.store.objects.evicted).containsExactly("d@1");
    }
}
