package org.hikae.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.hikae.api.backup.Retention;
import org.hikae.api.backup.TapePolicy;
import org.hikae.api.schedule.Schedule;
import org.hikae.api.schedule.ScheduledRun;
import org.hikae.api.schedule.ScheduledRun.State;
import org.hikae.api.schedule.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a platform does with what an earlier one has left, at whichever step it was killed. */
class RestartTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant ONE = NOON.plus(Duration.ofHours(1));
    private static final Schedule HOURLY = new Schedule(
            "h",
            new Schedule.OfDisk("d1"),
            TestPlatform.MEDIUM,
            null,
            "0 * * * *",
            ZoneId.of("UTC"),
            null,
            new Retention(5, 0, 0, 0, 0, 0),
            new TapePolicy(Duration.ofDays(7), 0, null, "p"),
            false);

    @TempDir
    Path folder;

    /** The platform that is killed; its own threads go on, on a home that nobody looks at any more. */
    private TestPlatform killedAt(String step, boolean endsAtOnce) throws IOException {
        TestPlatform first = new TestPlatform(folder.resolve("first"), "serve", NOON, Map.of());
        Path left = folder.resolve("left");
        first.backups.endsAtOnce = endsAtOnce;
        first.backups.watch = now -> {
            if (now.equals(step)) {
                copy(first, left);
            }
        };
        first.begin();
        first.unit.add(HOURLY);
        first.set(ONE);
        first.await("h", status -> Files.exists(left.resolve("done")));
        return first;
    }

    private static void copy(TestPlatform platform, Path to) {
        try {
            platform.copyHome(to);
            Files.createFile(to.resolve("done"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestPlatform restarted(TestPlatform first, Instant now) throws IOException {
        return new TestPlatform(folder.resolve("left"), "serve", now, first.configurations).begin();
    }

    @ParameterizedTest
    @CsvSource({"before the backup, true", "in the backup, false"})
    void whatWasInterruptedIsCaughtUpWithOnce(String step, boolean endsAtOnce) throws IOException {
        try (TestPlatform first = killedAt(step, endsAtOnce);
                TestPlatform second = restarted(first, ONE.plusSeconds(30))) {
            second.await("h", status -> status.runs().get(0).state() == State.DONE);
            List<ScheduledRun> runs = second.unit.get("h").runs();
            assertThat(runs).extracting(ScheduledRun::state).containsExactly(State.DONE, State.INTERRUPTED);
            assertThat(runs).extracting(ScheduledRun::due).containsOnly(ONE);
            assertThat(runs).extracting(ScheduledRun::covered).containsOnly(1);
            assertThat(runs.get(1).reason()).startsWith("the platform ended while it ran");
            assertThat(second.backups.backups).hasSize(1);
            assertThat(second.backups.retentions).hasSize(1);
            assertThat(second.unit.get("h").problem()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after the backup",
                "before the retention",
                "after the retention",
                "before the migration",
                "after the migration"
            })
    void aBackupThatHasEndedIsNotMadeTwice(String step) throws IOException {
        try (TestPlatform first = killedAt(step, true);
                TestPlatform second = restarted(first, ONE.plusSeconds(30))) {
            ScheduledRun run = second.awaitFirst("h", State.DONE);
            assertThat(run.generation()).isEqualTo("d1@1");
            assertThat(run.job()).isPositive();
            assertThat(second.unit.get("h").runs()).hasSize(1);
            assertThat(second.backups.backups).isEmpty();
            assertThat(second.backups.retentions).hasSize(1);
            assertThat(second.backups.migrations).hasSize(1);
        }
    }

    @Test
    void whatWasMissedAndWhatWasInterruptedIsOneRun() throws IOException {
        try (TestPlatform first = killedAt("in the backup", false);
                TestPlatform second = restarted(first, ONE.plus(Duration.ofHours(4)))) {
            second.await("h", status -> status.runs().get(0).state() == State.DONE);
            assertThat(second.unit.get("h").runs()).hasSize(2);
            assertThat(second.first("h").covered()).isEqualTo(5);
            assertThat(second.first("h").due()).isEqualTo(ONE.plus(Duration.ofHours(4)));
            assertThat(second.backups.backups).hasSize(1);
        }
    }

    @Test
    void aJobThatLivesOnWhenTheUnitIsStartedAgainIsItsRunStill() throws IOException {
        try (TestPlatform platform = new TestPlatform(folder, "serve", NOON, Map.of()).begin()) {
            platform.backups.endsAtOnce = false;
            platform.unit.add(HOURLY);
            platform.set(ONE);
            long job = platform.await(
                            "h",
                            status -> !status.runs().isEmpty()
                                    && status.runs().get(0).job() != 0)
                    .runs()
                    .get(0)
                    .job();
            platform.unit.deactivate();
            platform.begin();
            platform.awaitFirst("h", State.RUNNING);
            platform.backups.endsAtOnce = true;
            assertThat(platform.awaitFirst("h", State.DONE).job()).isEqualTo(job);
            assertThat(platform.backups.backups).hasSize(1);
        }
    }

    @Test
    void aPlatformOfOneCommandBeginsNothingButWhatIsAskedFor() throws IOException {
        try (TestPlatform first = killedAt("in the backup", false);
                TestPlatform command = new TestPlatform(
                                folder.resolve("left"),
                                "command",
                                ONE.plus(Duration.ofMinutes(90)),
                                first.configurations)
                        .begin()) {
            assertThat(command.unit.get("h").runs())
                    .extracting(ScheduledRun::state)
                    .containsExactly(State.WAITING, State.INTERRUPTED);
            assertThat(command.unit.get("h").problem())
                    .startsWith("the last run, due at 2026-06-01T13:00:00Z, was interrupted");

            command.unit.run("h", true);
            command.await("h", status -> status.runs().stream().anyMatch(run -> run.state() == State.DONE));
            assertThat(command.backups.backups).hasSize(1);
            assertThat(command.unit.get("h").runs())
                    .extracting(ScheduledRun::state)
                    .containsExactly(State.WAITING, State.DONE, State.INTERRUPTED);
            assertThat(command.unit.get("h").problem())
                    .isEqualTo(
                            "the run due at 2026-06-01T14:00:00Z was missed: nothing serves this home; start 'hikae serve'");
        }
    }

    @Test
    void aRecordThatCannotBeReadIsAProblemAndNothingIsBegun() throws IOException {
        Files.createDirectories(folder.resolve("schedules"));
        Path record = Files.writeString(folder.resolve("schedules/h.json"), "{");
        Map<String, Map<String, Object>> configured = Map.of("h", Settings.properties(HOURLY));
        try (TestPlatform platform = new TestPlatform(folder, "serve", NOON, configured).begin()) {
            assertThat(platform.unit.get("h").problem())
                    .startsWith("its record " + record + " cannot be read (no JSON in line 1), so nothing is begun");
            assertThatThrownBy(() -> platform.unit.run("h", true)).hasMessageContaining("cannot be read");
            platform.set(ONE);
            Files.delete(record);
            platform.await("h", status -> status.problem() == null && Files.exists(record));
            platform.set(ONE.plus(Duration.ofHours(1)));
            assertThat(platform.awaitFirst("h", State.DONE).covered()).isEqualTo(1);
        }
    }

    @Test
    void aJobThatStandsStillGoesOnWithoutTheUnitAndObeysTheNextOne() throws IOException {
        Window window = new Window(LocalTime.of(13, 0), LocalTime.of(14, 0));
        Schedule schedule = new Schedule(
                "h", HOURLY.subject(), HOURLY.medium(), null, "0 13 * * *", HOURLY.zone(), window, null, false);
        try (TestPlatform platform = new TestPlatform(folder, "serve", NOON, Map.of()).begin()) {
            platform.backups.endsAtOnce = false;
            platform.unit.add(schedule);
            platform.set(ONE);
            long job = platform.await(
                            "h",
                            status -> !status.runs().isEmpty()
                                    && status.runs().get(0).job() != 0)
                    .runs()
                    .get(0)
                    .job();
            platform.set(ONE.plus(Duration.ofHours(1)));
            awaitPaused(platform, job, true);

            platform.unit.deactivate();
            assertThat(platform.jobs.get(job).paused()).isFalse();
            platform.begin();
            awaitPaused(platform, job, true);
            platform.set(ONE.plus(Duration.ofDays(1)));
            awaitPaused(platform, job, false);
            platform.backups.endsAtOnce = true;
            platform.await("h", status -> status.runs().stream()
                    .anyMatch(run -> run.state() == State.DONE && run.job() == job));
        }
    }

    private static void awaitPaused(TestPlatform platform, long job, boolean paused) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .until(() -> platform.jobs.get(job).paused() == paused);
    }

    @Test
    void whatWasMissedBeforeAPauseIsStillToBeRun() throws IOException {
        try (TestPlatform platform = new TestPlatform(folder, "command", NOON, Map.of()).begin()) {
            platform.unit.add(HOURLY);
            platform.set(ONE);
            platform.unit.pause("h");
            assertThat(platform.first("h").state()).isEqualTo(State.WAITING);
            assertThat(platform.first("h").due()).isEqualTo(ONE);
            assertThat(platform.first("h").reason()).isEqualTo("the schedule is paused");
            platform.set(ONE.plus(Duration.ofHours(2)));
            platform.unit.resume("h");
            assertThat(platform.first("h").covered()).isEqualTo(1);
        }
    }

    @Test
    void aFaultInOneScheduleKeepsNoOther() throws IOException {
        String handled = "{\"version\":1,\"handled\":\"" + Instant.MAX + "\",\"paused\":false,\"runs\":[]}";
        Files.createDirectories(folder.resolve("schedules"));
        Files.writeString(folder.resolve("schedules/a.json"), handled);
        Map<String, Object> properties = Settings.properties(HOURLY);
        Map<String, Map<String, Object>> configured = Map.of("a", properties, "h", properties);
        try (TestPlatform platform = new TestPlatform(folder, "serve", NOON, configured).begin()) {
            platform.await("h", status -> Files.exists(folder.resolve("schedules/h.json")));
            platform.set(ONE);
            platform.awaitFirst("h", State.DONE);
        }
    }

    @Test
    void aRecordThatCannotBeWrittenIsAProblemAsLongAsItLasts() throws IOException {
        try (TestPlatform platform = new TestPlatform(folder, "serve", NOON, Map.of()).begin()) {
            platform.unit.add(HOURLY);
            Path inTheWay = Files.createDirectory(folder.resolve("schedules/.h.json.next"));
            platform.set(ONE);
            platform.await(
                    "h",
                    status -> status.problem() != null
                            && status.problem()
                                    .startsWith(
                                            "its record " + folder.resolve("schedules/h.json") + " cannot be written"));
            assertThat(platform.unit.get("h").problem()).contains("cannot be written");
            assertThat(platform.backups.backups).isEmpty();
            Files.delete(inTheWay);
            platform.awaitFirst("h", State.DONE);
            assertThat(platform.unit.get("h").problem()).isNull();
            assertThat(platform.backups.backups).hasSize(1);
        }
    }
}
