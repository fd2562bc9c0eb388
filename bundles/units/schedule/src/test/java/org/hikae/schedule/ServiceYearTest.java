package org.hikae.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.hikae.api.backup.Retention;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.api.schedule.ScheduledRun.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A year of the real component, which is down for days now and then: what it was not there for is one run. */
class ServiceYearTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");
    private static final int LONGEST_MINUTES = (Boolean.getBoolean("hikae.long") ? 1 : 10) * 24 * 60;
    private static final String FULL = "30 2 * * 0";
    private static final String DIFFERENTIAL = "0 */8 * * *";

    @TempDir
    Path home;

    @Test
    void eachPlannedTimeIsOneOfExactlyOneRuns() throws Exception {
        long seed = Long.getLong("hikae.seed", System.nanoTime());
        Random random = new Random(seed);
        NavigableSet<Instant> full = new CronModel(FULL, ZONE).between(BEGIN, END);
        NavigableSet<Instant> all = new TreeSet<>(new CronModel(DIFFERENTIAL, ZONE).between(BEGIN, END));
        all.addAll(full);
        try (TestPlatform platform = new TestPlatform(home, "serve", BEGIN, Map.of()).begin()) {
            platform.unit.add(new Schedule(
                    "year",
                    new Schedule.OfDisk("d1"),
                    TestPlatform.MEDIUM,
                    FULL,
                    DIFFERENTIAL,
                    ZONE,
                    null,
                    new Retention(3, 0, 0, 0, 0, 0),
                    false));
            int covered = 0;
            int runs = 0;
            for (Instant now = BEGIN; now.isBefore(END); ) {
                Instant next = now.plus(Duration.ofMinutes(1 + random.nextInt(LONGEST_MINUTES)));
                NavigableSet<Instant> due = all.subSet(now, false, next, true);
                pass(platform, next.isAfter(END) ? END : next, random.nextInt(10) == 0);
                if (!due.isEmpty()) {
                    ScheduledRun run = platform.await(
                                    "year",
                                    status -> !status.runs().isEmpty()
                                            && status.runs().get(0).due().equals(due.last())
                                            && status.runs().get(0).state() == State.DONE)
                            .runs()
                            .get(0);
                    assertThat(run.covered()).as("seed " + seed).isEqualTo(due.size());
                    assertThat(run.full())
                            .as("seed " + seed)
                            .isEqualTo(!full.subSet(now, false, next, true).isEmpty());
                    covered += run.covered();
                    runs++;
                }
                now = next;
            }
            assertThat(covered).as("seed " + seed).isEqualTo(all.size());
            assertThat(platform.backups.backups).as("seed " + seed).hasSize(runs);
            assertThat(platform.backups.retentions).as("seed " + seed).hasSize(runs);
        }
    }

    private static void pass(TestPlatform platform, Instant until, boolean down) throws Exception {
        if (down) {
            platform.unit.deactivate();
            platform.set(until);
            platform.begin();
        } else {
            platform.set(until);
        }
    }
}
