package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.hikae.api.backup.MigrateRequest;
import org.hikae.api.backup.TapePolicy;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.disk.Disk;
import org.hikae.api.media.DataPlace;
import org.hikae.api.media.DataPlace.Where;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduleStatus;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.api.schedule.ScheduledRun.State;
import org.hikae.api.schedule.Schedules;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** b.4, 27: what a schedule sends to tape, and what leaves the disk. Times are nothing or years: the real clock is no matter. */
public class TapePolicyIT extends InTapeLab {
    private static final String NAME = "often";
    private static final Duration YEARS = Duration.ofDays(3000);

    private Disk disk;

    @Before
    public void addDisk() throws Exception {
        makeLibrary();
        disk = disk(3 * MIB);
    }

    @After
    public void forgetSchedules() throws Exception {
        for (ScheduleStatus each : schedules().list()) {
            schedules().remove(each.schedule().name());
        }
    }

    private Schedules schedules() {
        return lab.services.get(Schedules.class);
    }

    /** In the place of the one there was. */
    private void choose(TapePolicy policy) throws Exception {
        forgetSchedules();
        schedules()
                .add(new Schedule(
                        NAME,
                        new Schedule.OfDisk(disk.name()),
                        Lab.MEDIUM,
                        null,
                        "0 0 29 2 *",
                        ZoneId.of("UTC"),
                        null,
                        null,
                        policy,
                        false));
        assertThat(schedules().get(NAME).schedule().tape()).isEqualTo(policy);
    }

    /** Changes the disk, and runs the schedule to its end. */
    private ScheduledRun run() throws Exception {
        try (BlockDevice door = lab.node("n1").open(disk.name())) {
            String text = "written at " + System.nanoTime();
            door.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), MIB);
        }
        lab.node("n1").flush();
        schedules().run(NAME, false);
        return Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Services.DEADLINE)
                .until(() -> schedules().get(NAME).runs().get(0), last -> last.ended() != null);
    }

    private void runWell() throws Exception {
        ScheduledRun run = run();
        assertThat(run.state()).as("%s", run).isEqualTo(State.DONE);
    }

    /** Where the data of each generation of the disk is, by number. */
    private Map<Long, Where> places() throws IOException {
        Map<Long, Where> places = new TreeMap<>();
        for (Map.Entry<String, DataPlace> each : lab.generations().places().entrySet()) {
            places.put(
                    lab.generations().get(each.getKey()).number(),
                    each.getValue().where());
        }
        return places;
    }

    private void verifyAll() throws Exception {
        for (GenerationInfo each : lab.generations().list()) {
            lab.verify(each.id());
        }
    }

    @Test
    public void generationsGoToTapeAfterATimeAndLeaveTheDiskAfterAnother() throws Exception {
        choose(new TapePolicy(YEARS, 0, Duration.ZERO, "archive"));
        runWell();
        assertThat(places()).isEqualTo(Map.of(1L, Where.NEAR));
        choose(new TapePolicy(Duration.ZERO, 0, YEARS, "archive"));
        runWell();
        assertThat(places()).isEqualTo(Map.of(1L, Where.BOTH, 2L, Where.BOTH));
        choose(new TapePolicy(Duration.ZERO, 0, null, "archive"));
        runWell();
        assertThat(places()).isEqualTo(Map.of(1L, Where.BOTH, 2L, Where.BOTH, 3L, Where.BOTH));
        choose(new TapePolicy(Duration.ZERO, 0, Duration.ZERO, "archive"));
        runWell();
        assertThat(places()).isEqualTo(Map.of(1L, Where.TIER, 2L, Where.TIER, 3L, Where.TIER, 4L, Where.TIER));
        assertThat(tapeJobs().generations()).hasSize(4).allMatch(each -> each.pools()
                .equals(List.of("archive")));
        verifyAll();
        Image image = new Image(disk.path(), "last");
        image.take();
        assertExact(new Made(schedules().get(NAME).runs().get(0).generation(), image));
    }

    /** What cannot go to tape is told; the backup is there, and goes to tape as soon as it can. */
    @Test
    public void withoutATapeTheRunHasFailedAndTheBackupIsGood() throws Exception {
        String barcode = cartridges.barcodes().get(0);
        for (String each : cartridges.barcodes()) {
            cartridges.takeAway(each);
        }
        done(tapeJobs().inventory(LIBRARY, false));
        choose(new TapePolicy(Duration.ZERO, 0, null, POOL));
        ScheduledRun run = run();
        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.reason()).contains(POOL, "import");
        verifyAll();
        assertThat(places()).isEqualTo(Map.of(1L, Where.NEAR));
        cartridges.putIntoStation(barcode);
        importAll();
        runWell();
        assertThat(places()).isEqualTo(Map.of(1L, Where.BOTH, 2L, Where.BOTH));
    }

    /** A plan says what would be done, and does nothing; after it is done, there is nothing to do. */
    @Test
    public void aPlanIsWhatIsDone() throws Exception {
        choose(new TapePolicy(YEARS, 0, null, POOL));
        runWell();
        runWell();
        MigrateRequest request =
                new MigrateRequest(disk.name(), null, new TapePolicy(Duration.ZERO, 0, Duration.ZERO, POOL));
        List<String> plan = tapeJobs().plan(request);
        assertThat(plan).hasSize(4);
        assertThat(plan.get(0)).startsWith("write " + disk.name() + "@1");
        assertThat(plan.get(3)).startsWith("evict " + disk.name() + "@2");
        assertThat(places()).isEqualTo(Map.of(1L, Where.NEAR, 2L, Where.NEAR));
        done(tapeJobs().migrate(request));
        assertThat(places()).isEqualTo(Map.of(1L, Where.TIER, 2L, Where.TIER));
        assertThat(tapeJobs().plan(request)).isEmpty();
        verifyAll();
    }
}
