package org.hikae.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.hikae.api.backup.MigrateRequest;
import org.hikae.api.backup.Retention;
import org.hikae.api.backup.RetentionRequest;
import org.hikae.api.backup.TapePolicy;
import org.hikae.api.group.Meta;
import org.hikae.api.job.JobInfo;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.api.schedule.ScheduledRun.State;
import org.hikae.api.schedule.Window;
import org.junit.jupiter.api.Test;

/** The component with real jobs, in a platform that stays. */
class ScheduleUnitTest extends LastingPlatform {

    private static final Retention KEEP = new Retention(3, 0, 7, 0, 0, 0);

    static Schedule schedule(String name, Schedule.Subject subject, String full, String differential) {
        return new Schedule(
                name, subject, TestPlatform.MEDIUM, full, differential, ZoneId.of("UTC"), null, null, false);
    }

    static Schedule hourly(String name, String disk) {
        return schedule(name, new Schedule.OfDisk(disk), "0 0 * * *", "0 * * * *");
    }

    private void add(Schedule schedule) throws IOException {
        platform.unit.add(schedule);
    }

    @Test
    void whatIsDueIsRunOnceAndRecorded() throws IOException {
        add(hourly("h", "d1"));
        assertThat(platform.unit.get("h").nextFull()).isEqualTo("2026-06-02T00:00:00Z");
        assertThat(platform.unit.get("h").nextDifferential()).isEqualTo("2026-06-01T13:00:00Z");
        assertThat(platform.unit.get("h").runs()).isEmpty();

        platform.set(NOON.plus(HOUR));
        ScheduledRun run = platform.awaitFirst("h", State.DONE);
        assertThat(run.due()).isEqualTo("2026-06-01T13:00:00Z");
        assertThat(run.covered()).isEqualTo(1);
        assertThat(run.full()).isFalse();
        assertThat(run.generation()).isEqualTo("d1@1");
        assertThat(platform.jobs.get(run.job()).state()).isEqualTo(JobInfo.State.DONE);
        assertThat(platform.backups.backups.get(0).differential()).isTrue();
        assertThat(platform.backups.backups.get(0).medium()).isEqualTo(TestPlatform.MEDIUM);
        assertThat(platform.unit.get("h").nextDifferential()).isEqualTo("2026-06-01T14:00:00Z");

        platform.set(Instant.parse("2026-06-02T00:00:20Z"));
        platform.await(
                "h", status -> status.runs().size() == 2 && status.runs().get(0).state() == State.DONE);
        assertThat(platform.first("h").covered()).isEqualTo(11);
        assertThat(platform.first("h").full()).isTrue();
        assertThat(platform.backups.backups).hasSize(2);
        assertThat(platform.unit.get("h").problem()).isNull();
    }

    @Test
    void aGroupIsBackedUpAndItsRetentionKeptTo() throws IOException {
        add(new Schedule(
                "g",
                new Schedule.OfGroup("papers", Meta.GROUP),
                TestPlatform.MEDIUM,
                "0 13 * * *",
                null,
                ZoneId.of("UTC"),
                null,
                KEEP,
                false));
        platform.set(NOON.plus(HOUR));
        assertThat(platform.awaitFirst("g", State.DONE).generation()).isEqualTo("d2@1");
        assertThat(platform.backups.backups.get(0).group().name()).isEqualTo("papers");
        assertThat(platform.backups.backups.get(0).group().meta()).isEqualTo(Meta.GROUP);
        assertThat(platform.backups.backups.get(0).differential()).isFalse();
        assertThat(platform.backups.retentions).hasSize(1).allSatisfy(request -> {
            assertThat(request.disk()).isEqualTo("d2");
            assertThat(request.group()).isEqualTo("papers");
            assertThat(request.keep()).isEqualTo(KEEP);
            assertThat(request.remove()).isTrue();
        });
    }

    private Schedule keeping(String name, String disk, Retention keep) {
        return new Schedule(
                name,
                new Schedule.OfDisk(disk),
                TestPlatform.MEDIUM,
                "0 13 * * *",
                null,
                ZoneId.of("UTC"),
                null,
                keep,
                !name.equals("h"));
    }

    /** What one has put on its medium, another must not remove. */
    @Test
    void whatAnyScheduleOfADiskKeepsIsKept() throws IOException {
        add(keeping("h", "d1", new Retention(7, 0, 2, 0, 0, 0)));
        add(keeping("another", "d2", new Retention(99, 0, 0, 0, 0, 0)));
        add(keeping("yearly", "d1", new Retention(0, 0, 1, 3, 0, 10)));
        platform.set(NOON.plus(HOUR));
        platform.awaitFirst("h", State.DONE);
        assertThat(platform.backups.retentions)
                .containsExactly(new RetentionRequest("d1", null, new Retention(7, 0, 2, 3, 0, 10), true));
        add(keeping("forever", "d1", null));
        platform.set(NOON.plus(HOUR.multipliedBy(25)));
        platform.await(
                "h", status -> status.runs().size() == 2 && status.runs().get(0).state() == State.DONE);
        assertThat(platform.backups.retentions.get(1).remove()).isFalse();
    }

    @Test
    void whatFailsIsAProblemUntilItGoesWell() throws IOException {
        add(hourly("h", "d1"));
        platform.backups.failure = "the medium is full";
        platform.set(NOON.plus(HOUR));
        ScheduledRun run = platform.awaitFirst("h", State.FAILED);
        assertThat(run.reason()).isEqualTo("the medium is full");
        assertThat(platform.unit.get("h").problem())
                .isEqualTo("the last run, due at 2026-06-01T13:00:00Z, failed: the medium is full");

        platform.backups.failure = null;
        platform.set(NOON.plus(HOUR).plus(HOUR));
        platform.awaitFirst("h", State.DONE);
        assertThat(platform.unit.get("h").problem()).isNull();
    }

    @Test
    void aRetentionThatFailsMakesTheRunFailWithItsGeneration() throws IOException {
        Schedule all = schedule("h", new Schedule.OfDisk("d1"), "0 * * * *", null);
        add(new Schedule("h", all.subject(), all.medium(), all.full(), null, all.zone(), null, KEEP, false));
        platform.backups.retentionFailure = "d1@1 is damaged";
        platform.set(NOON.plus(HOUR));
        ScheduledRun run = platform.awaitFirst("h", State.FAILED);
        assertThat(run.generation()).isEqualTo("d1@1");
        assertThat(run.reason())
                .isEqualTo(
                        "the backup is made, but what need not be kept could not be merged or removed: d1@1 is damaged");
    }

    private Schedule toTape(TapePolicy policy) {
        Schedule all = schedule("h", new Schedule.OfDisk("d1"), "0 * * * *", null);
        return new Schedule("h", all.subject(), all.medium(), all.full(), null, all.zone(), null, KEEP, policy, false);
    }

    @Test
    void whatIsDueGoesToTapeAfterTheRetention() throws IOException {
        TapePolicy policy = new TapePolicy(Duration.ofDays(7), 80, Duration.ofHours(36), "off-site");
        List<String> steps = new CopyOnWriteArrayList<>();
        platform.backups.watch = steps::add;
        add(toTape(policy));
        platform.set(NOON.plus(HOUR));
        platform.awaitFirst("h", State.DONE);
        assertThat(platform.backups.migrations).containsExactly(new MigrateRequest("d1", null, policy));
        assertThat(steps)
                .endsWith("before the retention", "after the retention", "before the migration", "after the migration");
        assertThat(platform.unit.get("h").schedule().tape()).isEqualTo(policy);
        assertThat(platform.configurations.get("h"))
                .containsEntry("tapeAfter", "7d")
                .containsEntry("tapeAbove", "80")
                .containsEntry("tapeKeepBoth", "36h")
                .containsEntry("tapePool", "off-site");
    }

    @Test
    void whatCannotGoToTapeMakesTheRunFailWithItsGeneration() throws IOException {
        add(toTape(new TapePolicy(Duration.ZERO, 0, null, "p")));
        platform.backups.migrationFailure = "no cartridge of pool p has room";
        platform.set(NOON.plus(HOUR));
        ScheduledRun run = platform.awaitFirst("h", State.FAILED);
        assertThat(run.generation()).isEqualTo("d1@1");
        assertThat(run.reason())
                .isEqualTo("the backup is made, but not all that is due is on tape: no cartridge of pool p has room");
        platform.backups.retentionFailure = "d1@1 is damaged";
        platform.backups.migrationRefusal = "tape control is not there";
        platform.set(NOON.plus(HOUR).plus(HOUR));
        platform.await(
                "h", status -> status.runs().size() == 2 && status.runs().get(0).state() == State.FAILED);
        assertThat(platform.first("h").reason())
                .isEqualTo(
                        "the backup is made, but what need not be kept could not be merged or removed: d1@1 is damaged; the"
                                + " backup is made, but not all that is due is on tape: tape control is not there");
    }

    @Test
    void runsOfADiskQueueAndThoseOfOthersDoNot() throws IOException {
        add(hourly("a", "d1"));
        add(hourly("b", "d1"));
        add(schedule("c", new Schedule.OfGroup("papers", Meta.ALL), "0 * * * *", null));
        platform.backups.endsAtOnce = false;
        platform.set(NOON.plus(HOUR));
        platform.awaitFirst("a", State.RUNNING);
        platform.awaitFirst("c", State.RUNNING);
        ScheduledRun waiting = platform.awaitFirst("b", State.WAITING);
        assertThat(waiting.reason()).isEqualTo("for another backup of disk d1 to end");

        platform.set(NOON.plus(HOUR).plus(HOUR));
        platform.await("b", status -> status.runs().get(0).covered() == 2);
        platform.await("a", status -> status.runs().size() == 2);
        platform.backups.endsAtOnce = true;
        platform.await("b", status -> status.runs().get(0).state() == State.DONE);
        platform.await("a", status -> status.runs().get(0).state() == State.DONE);
        platform.await("c", status -> status.runs().get(0).state() == State.DONE);
        assertThat(platform.backups.backups.stream().map(request -> request.disk()))
                .containsExactlyInAnyOrder("d1", "d2", "d1", "d2", "d1");
        assertThat(platform.unit.get("a").runs()).hasSize(2);
        assertThat(platform.unit.get("b").runs()).hasSize(1);
    }

    @Test
    void whatSomebodyElseBacksUpIsWaitedFor() throws Exception {
        add(hourly("h", "d1"));
        platform.backups.endsAtOnce = false;
        platform.jobs.start("backup", "d1 to elsewhere", progress -> {
            platform.backups.mayEnd.acquire();
            return Map.of();
        });
        platform.set(NOON.plus(HOUR));
        platform.awaitFirst("h", State.WAITING);
        assertThat(platform.backups.backups).isEmpty();
        platform.backups.endsAtOnce = true;
        platform.backups.mayEnd.release();
        platform.awaitFirst("h", State.DONE);
    }

    @Test
    void aWindowLetsAJobStandStillAndGoOn() throws IOException {
        Window window = new Window(LocalTime.of(22, 0), LocalTime.of(5, 30));
        Schedule all = hourly("h", "d1");
        add(new Schedule("h", all.subject(), all.medium(), null, "0 20 * * *", all.zone(), window, null, false));
        platform.set(Instant.parse("2026-06-01T20:00:00Z"));
        assertThat(platform.awaitFirst("h", State.WAITING).reason())
                .isEqualTo("for its window, which opens at 22:00 (UTC)");

        platform.backups.endsAtOnce = false;
        platform.set(Instant.parse("2026-06-01T22:00:00Z"));
        long job = platform.await("h", status -> status.runs().get(0).job() != 0)
                .runs()
                .get(0)
                .job();
        platform.set(Instant.parse("2026-06-02T05:30:00Z"));
        awaitPaused(job, true);
        platform.set(Instant.parse("2026-06-02T22:00:00Z"));
        awaitPaused(job, false);
        platform.backups.endsAtOnce = true;
        // The one of the next day comes after it, and may be done by then, too.
        Predicate<ScheduledRun> isDone = each -> each.job() == job && each.state() == State.DONE;
        ScheduledRun run = platform.await("h", status -> status.runs().stream().anyMatch(isDone)).runs().stream()
                .filter(isDone)
                .findFirst()
                .orElseThrow();
        assertThat(run.covered()).isEqualTo(1);
    }

    private void awaitPaused(long job, boolean paused) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .until(() -> platform.jobs.get(job).paused() == paused);
    }

    @Test
    void whatIsAskedForRunsAtOnceWhateverTheTimesSay() throws IOException {
        Schedule all = hourly("h", "d1");
        Window window = new Window(LocalTime.of(1, 0), LocalTime.of(2, 0));
        add(new Schedule("h", all.subject(), all.medium(), all.full(), null, all.zone(), window, null, true));
        platform.backups.endsAtOnce = false;
        ScheduledRun run = platform.unit.run("h", true);
        assertThat(run.state()).isEqualTo(State.RUNNING);
        assertThat(run.covered()).isZero();
        platform.unit.run("h", false);
        assertThatThrownBy(() -> platform.unit.run("h", false)).hasMessageContaining("waits already");
        platform.backups.endsAtOnce = true;
        platform.await(
                "h", status -> status.runs().size() == 2 && status.runs().get(0).state() == State.DONE);
        assertThat(platform.backups.backups.stream().map(request -> request.differential()))
                .containsExactly(false, true);
    }

    @Test
    void whatComesDueWhileItIsPausedIsLeftOut() throws IOException {
        add(hourly("h", "d1"));
        platform.unit.pause("h");
        assertThat(platform.unit.get("h").schedule().paused()).isTrue();
        platform.set(NOON.plus(HOUR.multipliedBy(3)));
        platform.unit.resume("h");
        assertThatThrownBy(() -> platform.unit.resume("h")).hasMessage("schedule 'h' is not paused");
        assertThat(platform.unit.get("h").runs()).isEmpty();
        platform.set(NOON.plus(HOUR.multipliedBy(4)));
        assertThat(platform.awaitFirst("h", State.DONE).covered()).isEqualTo(1);
        assertThat(platform.backups.backups).hasSize(1);
    }

    @Test
    void otherTimesCountFromWhenTheyAreGiven() throws IOException {
        add(schedule("h", new Schedule.OfDisk("d1"), "0 0 * * 0", null));
        Path record = home.resolve("schedules/h.json");
        Awaitility.await().until(() -> Files.exists(record));
        platform.configure("h", Settings.properties(hourly("h", "d1")), "full", "30 * * * *");
        platform.set(NOON.plus(HOUR.multipliedBy(31)).plusSeconds(30));
        Awaitility.await().until(() -> Files.readString(record).contains("2026-06-02T19:00:30Z"));
        assertThat(platform.unit.get("h").runs()).isEmpty();
        platform.set(NOON.plus(HOUR.multipliedBy(33)));
        platform.await(
                "h", status -> !status.runs().isEmpty() && status.runs().get(0).state() == State.DONE);
        assertThat(platform.first("h").covered()).isEqualTo(4);
    }

    @Test
    void aClockThatIsSetBackRunsNothingTwice() throws IOException {
        add(hourly("h", "d1"));
        platform.set(NOON.plus(HOUR.multipliedBy(5)));
        assertThat(platform.awaitFirst("h", State.DONE).covered()).isEqualTo(5);
        platform.set(NOON.plus(HOUR));
        assertThat(platform.unit.get("h").problem()).startsWith("the clock was set back: its times up to");
        assertThat(platform.unit.get("h").nextDifferential()).isEqualTo("2026-06-01T18:00:00Z");
        platform.set(NOON.plus(HOUR.multipliedBy(6)));
        platform.await("h", status -> status.runs().size() == 2);
        assertThat(platform.first("h").covered()).isEqualTo(1);
    }

    @Test
    void aRemovedScheduleIsForgottenAndWhatRunsGoesOn() throws IOException {
        add(hourly("h", "d1"));
        platform.backups.endsAtOnce = false;
        platform.set(NOON.plus(HOUR));
        long job = platform.await(
                        "h",
                        status ->
                                !status.runs().isEmpty() && status.runs().get(0).job() != 0)
                .runs()
                .get(0)
                .job();
        platform.unit.remove("h");
        assertThat(platform.unit.list()).isEmpty();
        assertThatThrownBy(() -> platform.unit.get("h")).hasMessage("there is no schedule 'h'; see 'schedule list'");
        assertThat(home.resolve("schedules").resolve("h.json")).doesNotExist();
        add(hourly("h", "d1"));
        assertThat(platform.unit.get("h").runs()).isEmpty();
        assertThat(platform.jobs.get(job).state()).isEqualTo(JobInfo.State.RUNNING);
        platform.backups.endsAtOnce = true;
        Awaitility.await().until(() -> platform.jobs.get(job).state() == JobInfo.State.DONE);
        platform.set(NOON.plus(HOUR).plus(HOUR));
        assertThat(platform.awaitFirst("h", State.DONE).generation()).isEqualTo("d1@2");
    }
}
