package org.hikae.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.hikae.api.backup.MigrateRequest;
import org.hikae.api.backup.TapePolicy;
import org.hikae.api.block.BlockDevice;
import org.hikae.api.disk.Disk;
import org.hikae.api.media.DataPlace;
import org.hikae.api.media.DataPlace.Where;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduleStatus;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.api.schedule.ScheduledRun.State;
import org.hikae.api.schedule.Schedules;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

/** b.4, 27: what a schedule sends to tape, and when it leaves the disk, by the clock of the platform. */
public class TapePolicyIT extends InTapeLab {
    private static final String NAME = "daily";
    private static final Instant BEGIN = Instant.parse("2026-06-01T12:00:30Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private ServiceRegistration<InstantSource> clock;
    private Disk disk;

    @Before
    public void setClock() throws Exception {
        clock = context.registerService(InstantSource.class, now::get, null);
        makeLibrary();
        disk = disk(3 * MIB);
    }

    @After
    public void forgetSchedule() throws Exception {
        for (ScheduleStatus each : schedules().list()) {
            schedules().remove(each.schedule().name());
        }
        clock.unregister();
    }

    private Schedules schedules() {
        return lab.services.get(Schedules.class);
    }

    private void add(TapePolicy policy) throws Exception {
        schedules()
                .add(new Schedule(
                        NAME,
                        new Schedule.OfDisk(disk.name()),
                        Lab.MEDIUM,
                        null,
                        "0 0 * * *",
                        ZoneId.of("UTC"),
                        null,
                        null,
                        policy,
                        false));
    }

    /** Lets a day pass; the run that then is over. */
    private ScheduledRun nextDay() throws Exception {
        try (BlockDevice door = lab.node("n1").open(disk.name())) {
            door.write(ByteBuffer.wrap(now.get().toString().getBytes(StandardCharsets.UTF_8)), MIB);
        }
        lab.node("n1").flush();
        Instant due = now.updateAndGet(time -> time.plus(Duration.ofDays(1)));
        Predicate<ScheduleStatus> ended = each -> !each.runs().isEmpty()
                && each.runs().get(0).due().isAfter(due.minus(Duration.ofDays(1)))
                && each.runs().get(0).ended() != null;
        ScheduleStatus status = Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Services.DEADLINE)
                .until(() -> schedules().get(NAME), ended);
        return status.runs().get(0);
    }

    private ScheduledRun nextGoodDay() throws Exception {
        ScheduledRun run = nextDay();
        assertThat(run.state()).as("%s", run).isEqualTo(State.DONE);
        return run;
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

    @Test
    public void generationsGoToTapeWithAgeAndLeaveTheDiskLater() throws Exception {
        add(new TapePolicy(Duration.ofHours(36), 0, Duration.ofHours(36), "archive"));
        assertThat(schedules().get(NAME).schedule().tape().pool()).isEqualTo("archive");
        nextGoodDay();
        nextGoodDay();
        assertThat(places()).isEqualTo(Map.of(1L, Where.NEAR, 2L, Where.NEAR));
        nextGoodDay();
        assertThat(places()).isEqualTo(Map.of(1L, Where.BOTH, 2L, Where.NEAR, 3L, Where.NEAR));
        nextGoodDay();
        assertThat(places()).isEqualTo(Map.of(1L, Where.BOTH, 2L, Where.BOTH, 3L, Where.NEAR, 4L, Where.NEAR));
        nextGoodDay();
        assertThat(places())
                .isEqualTo(Map.of(1L, Where.TIER, 2L, Where.BOTH, 3L, Where.BOTH, 4L, Where.NEAR, 5L, Where.NEAR));
        assertThat(tapeJobs().generations()).allMatch(each -> each.pools().equals(List.of("archive")));
        Image image = new Image(disk.path(), "last");
        image.take();
        for (var each : lab.generations().list()) {
            lab.verify(each.id());
        }
        String last = schedules().get(NAME).runs().get(0).generation();
        assertExact(new Made(last, image));
    }

    /** What cannot go to tape is told; the backup is there, and goes on tape as soon as it can. */
    @Test
    public void withoutATapeTheRunHasFailedAndTheBackupIsGood() throws Exception {
        String barcode = cartridges.barcodes().get(0);
        for (String each : cartridges.barcodes()) {
            cartridges.takeAway(each);
        }
        done(tapeJobs().inventory(LIBRARY, false));
        add(new TapePolicy(Duration.ZERO, 0, null, POOL));
        ScheduledRun run = nextDay();
        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.reason()).contains(POOL, "import");
        lab.verify(run.generation());
        assertThat(places()).isEqualTo(Map.of(1L, Where.NEAR));
        cartridges.putIntoStation(barcode);
        importAll();
        nextGoodDay();
        assertThat(places()).isEqualTo(Map.of(1L, Where.BOTH, 2L, Where.BOTH));
    }

    /** A plan says what would be done, and does nothing; after it is done, there is nothing to do. */
    @Test
    public void aPlanIsWhatIsDone() throws Exception {
        add(new TapePolicy(Duration.ofDays(100), 0, null, POOL));
        nextGoodDay();
        nextGoodDay();
        MigrateRequest request =
                new MigrateRequest(disk.name(), null, new TapePolicy(Duration.ofHours(12), 0, Duration.ZERO, POOL));
        now.updateAndGet(time -> time.plus(Duration.ofHours(13)));
        List<String> plan = tapeJobs().plan(request);
        assertThat(plan).hasSize(4);
        assertThat(plan.get(0)).startsWith("write " + disk.name() + "@1");
        assertThat(plan.get(3)).startsWith("evict " + disk.name() + "@2");
        assertThat(places()).isEqualTo(Map.of(1L, Where.NEAR, 2L, Where.NEAR));
        done(tapeJobs().migrate(request));
        assertThat(places()).isEqualTo(Map.of(1L, Where.TIER, 2L, Where.TIER));
        assertThat(tapeJobs().plan(request)).isEmpty();
        for (var each : lab.generations().list()) {
            lab.verify(each.id());
        }
    }
}
