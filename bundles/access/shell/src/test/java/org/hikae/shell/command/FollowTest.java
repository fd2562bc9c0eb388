package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.api.job.JobInfo.State.CANCELLED;
import static org.hikae.api.job.JobInfo.State.DONE;
import static org.hikae.api.job.JobInfo.State.FAILED;
import static org.hikae.api.job.JobInfo.State.RUNNING;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.backup.ReplayRequest;
import org.hikae.api.backup.RestoreRequest;
import org.hikae.api.backup.RestoreRequest.ToDisk;
import org.hikae.api.backup.RestoreRequest.ToFile;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.Layout;
import org.hikae.shell.call.Call;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Commands that start a job and follow it. */
class FollowTest {

    private final Platform platform = Platform.filled();

    private static final JobInfo RUNS = Platform.job(7, RUNNING, null, Map.of());

    private static JobInfo done() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("generation", "data@3");
        result.put("readBytes", 200L << 20);
        result.put("zeroBytes", 56L << 20);
        result.put("storedBytes", 64L << 20);
        result.put("loggedBlocks", 17L);
        result.put("pauseNanos", 1_250_000L);
        result.put("workers", 2L);
        return Platform.job(7, DONE, null, result);
    }

    private Outcome backUp(JobInfo... states) {
        platform.backups.job = new FakeJob(states);
        return platform.run("backup", "run", "data", "--to", "m1");
    }

    @Test
    void aDoneJobPrintsItsResult() {
        Outcome outcome = backUp(RUNS, done());
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(platform.followed).containsExactly(7L);
        assertThat(outcome.out())
                .isEqualTo(
                        """
                        generation     data@3
                        read           200 MiB (209715200 bytes)
                        zero           56 MiB (58720256 bytes)
                        stored         64 MiB (67108864 bytes)
                        logged blocks  17
                        pause          1.25 ms
                        workers        2
                        ratio          3.13 to 1
                        took           4.31 s
                        rate           50 MiB/s
                        job            7
                        """);
    }

    @Test
    void aFailedJobFailsTheCommand() {
        Outcome outcome = backUp(RUNS, Platform.job(7, FAILED, "medium m1 is full", Map.of()));
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.message()).isEqualTo("backup run: medium m1 is full (job 7)");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void aCancelledJobSaysSo() {
        Outcome outcome = backUp(RUNS, Platform.job(7, CANCELLED, "cancelled on request", Map.of()));
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.message()).isEqualTo("backup run: cancelled on request (job 7)");
    }

    @Test
    void cancellingTheCommandCancelsTheJob() {
        platform.backups.job = new FakeJob(RUNS, RUNS, Platform.job(7, CANCELLED, "cancelled on request", Map.of()));
        platform.backups.job.onAwait = platform.cancellation::cancel;
        assertThat(platform.run("backup", "run", "data", "--to", "m1").exit()).isEqualTo(1);
        assertThat(platform.backups.job.cancelled).isTrue();
    }

    @Test
    void forProgramsTheJobIsPrintedWhateverBecameOfIt() throws Exception {
        platform.backups.job = new FakeJob(RUNS, Platform.job(7, FAILED, "medium m1 is full", Map.of()));
        Outcome outcome = platform.run("backup", "run", "data", "--to", "m1", "--json");
        assertThat(outcome.exit()).isEqualTo(1);
        var json = new ObjectMapper().readTree(outcome.out());
        assertThat(json.get("state").asText()).isEqualTo("failed");
        assertThat(json.get("reason").asText()).isEqualTo("medium m1 is full");
        platform.backups.job = new FakeJob(done());
        json = new ObjectMapper()
                .readTree(
                        platform.run("generation", "verify", "data@1", "--json").out());
        assertThat(json.at("/result/readBytes").asLong()).isEqualTo(200L << 20);
    }

    @Test
    void aDetachedJobIsLeftToItself() {
        platform.backups.job = new FakeJob(RUNS, RUNS);
        Outcome outcome = platform.run("backup", "run", "data", "--to", "m1", "--detach");
        assertThat(outcome.out()).isEqualTo("7\n");
        platform.cancellation.cancel();
        assertThat(platform.backups.job.cancelled).isFalse();
    }

    @Test
    void aJobOfSomebodyElseIsWaitedFor() {
        assertThat(platform.run("job", "wait", "1").out()).contains("generation  data@1\n");
        assertThat(platform.run("job", "wait", "2").message()).isEqualTo("job wait: medium m1 is full (job 2)");
        platform.add(RUNS);
        platform.cancellation.cancel();
        assertThat(platform.run("job", "wait", "7").message()).isEqualTo("job wait: cancelled");
        assertThat(platform.jobs.cancelled).isEmpty();
    }

    @Test
    void theRequestHasWhatWasAskedFor() {
        platform.backups.job = new FakeJob(done());
        platform.run("backup", "run", "data", "--to", "m1", "--nodes", "n1,n2", "--rate", "100MB/s", "--workers", "3");
        platform.run("backup", "run", "データ", "--to=m1");
        assertThat(platform.backups.asked)
                .containsExactly(
                        new BackupRequest("data", "m1", List.of("n1", "n2"), 100_000_000, 3),
                        new BackupRequest("データ", "m1", List.of(), 0, 0));
    }

    private static BackupRequest request(CopyLimits limits, Layout layout) {
        return new BackupRequest("data", "m1", List.of(), limits, layout, false, null, Quieting.NONE, null);
    }

    @Test
    void theRequestHasLimitsOfNodesAndTheLayout() throws Exception {
        platform.nodes.add("n2");
        platform.backups.job = new FakeJob(done());
        for (String options : List.of(
                "--rate 200MB/s,n2=20MB/s --workers n1=2,n2=1",
                "--rate n2=9EB --workers 64,n2=64 --layout image",
                "--layout packed")) {
            platform.run("backup", ("run data --to m1 " + options).split(" ", -1));
        }
        assertThat(platform.backups.asked)
                .containsExactly(
                        request(
                                new CopyLimits(200_000_000, 0, Map.of("n2", 20_000_000L), Map.of("n1", 2, "n2", 1)),
                                Layout.PACKED),
                        request(
                                new CopyLimits(0, 64, Map.of("n2", 9_000_000_000_000_000_000L), Map.of("n2", 64)),
                                Layout.IMAGE),
                        request(CopyLimits.NONE, Layout.PACKED));
    }

    @Test
    void aLimitOfANodeThatIsNotThereIsRefused() {
        Outcome outcome = platform.run("backup", "run", "data", "--to", "m1", "--workers", "n9=1");
        assertThat(outcome.message()).isEqualTo("backup run: there is no node n9");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(platform.backups.asked).isEmpty();
    }

    @Test
    void theResultTellsOfLogAndCopiers() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("layout", "image");
        result.put("gather", "per-node");
        result.put("place", "medium");
        result.put("leftOutBytes", 3L << 31);
        result.put("logMessages", 12L);
        result.put("logSentBytes", 49152L);
        result.put("sealNanos", 61_000_000_000L);
        result.put("copiedByNode", "n1 150 MiB, n2 50 MiB");
        assertThat(backUp(Platform.job(7, DONE, null, result)).out())
                .startsWith(
                        """
                        layout          image
                        gather          per-node
                        place           medium
                        left out        6 GiB (6442450944 bytes)
                        log messages    12
                        log sent        48 KiB (49152 bytes)
                        seal            1:01 min
                        copied by node  n1 150 MiB, n2 50 MiB
                        """);
    }

    @Test
    void aLogIsLaidOverAnImageOfTheCaller() {
        platform.backups.job = new FakeJob(done());
        assertThat(platform.run("bilog", "replay", "/m/log.0001", "log.0000", "--onto", "copy.img")
                        .exit())
                .isZero();
        assertThat(platform.run("bilog", "replay", "log.0000", "--onto=/srv/copy.img", "--detach")
                        .out())
                .isEqualTo("7\n");
        assertThat(platform.backups.asked)
                .containsExactly(
                        new ReplayRequest(
                                List.of(Path.of("/m/log.0001"), Path.of("/work dir/log.0000")),
                                Path.of("/work dir/copy.img")),
                        new ReplayRequest(List.of(Path.of("/work dir/log.0000")), Path.of("/srv/copy.img")));
        assertThat(platform.run("bilog", "replay", "--onto", "copy.img").exit()).isEqualTo(2);
        assertThat(platform.run("bilog", "replay", "log.0000").exit()).isEqualTo(2);
        assertThat(platform.backups.asked).hasSize(2);
    }

    @Nested
    class Restoring {

        private Outcome restore(String... options) {
            platform.backups.job = new FakeJob(done());
            String[] arguments = new String[options.length + 2];
            arguments[0] = "restore";
            arguments[1] = "data@1";
            System.arraycopy(options, 0, arguments, 2, options.length);
            return platform.run("generation", arguments);
        }

        @Test
        void toAFileOfTheCaller() {
            assertThat(restore("--to", "out.img", "--overwrite").exit()).isZero();
            assertThat(platform.backups.asked)
                    .containsExactly(new RestoreRequest("data@1", new ToFile(Path.of("/work dir/out.img"), true), 0));
        }

        @Test
        void ontoADiskOnlyByForce() {
            Outcome outcome = restore("--to-disk", "data");
            assertThat(outcome.exit()).isEqualTo(2);
            assertThat(outcome.message())
                    .isEqualTo("generation restore: this overwrites disk data (/srv/data.img, 256 MiB) with data@1 of"
                            + " 2026-11-05T21:00:00+09:00; if that is meant, add --force; see 'generation restore"
                            + " --help'");
            assertThat(platform.backups.asked).isEmpty();
            assertThat(restore("--to-disk", "data", "--force", "--rate", "1MiB").exit())
                    .isZero();
            assertThat(platform.backups.asked)
                    .containsExactly(new RestoreRequest("data@1", new ToDisk("data", "n1"), 1 << 20));
        }

        @Test
        void toOneTargetExactly() {
            assertThat(restore().message()).contains("give either --to PATH or --to-disk DISK");
            assertThat(restore("--to", "a", "--to-disk", "data").exit()).isEqualTo(2);
            assertThat(restore("--to", "a", "--force").exit()).isEqualTo(2);
            assertThat(restore("--to-disk", "data", "--force", "--overwrite").exit())
                    .isEqualTo(2);
            assertThat(restore("--to-disk", "nodisk", "--force").exit()).isEqualTo(1);
            assertThat(platform.backups.asked).isEmpty();
        }
    }

    @Nested
    class Showing {

        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private long now;

        private String follow(FakeJob job) throws InterruptedException {
            job.onAwait = () -> now += TimeUnit.MILLISECONDS.toNanos(1100);
            Call call = new Call(platform.caller(new ByteArrayOutputStream(), err), platform, platform.cancellation);
            new Follow(call, () -> now).untilEnd(job);
            return err.toString(StandardCharsets.UTF_8);
        }

        @Test
        void aLineEveryThreeSeconds() throws InterruptedException {
            String line = "job 7, backup data: copying, 39%, 100 MiB of 256 MiB, 50 MiB/s, 3 s left\n";
            assertThat(follow(new FakeJob(RUNS, RUNS, RUNS, RUNS, RUNS, RUNS, RUNS, done())))
                    .isEqualTo(line + line);
        }

        @Test
        void nothingOfAQuickJob() throws InterruptedException {
            assertThat(follow(new FakeJob(RUNS, RUNS, done()))).isEmpty();
        }

        @Test
        void aBarThatGoesAwayOnATerminal() throws InterruptedException {
            platform.barWidth = 70;
            platform.width = 0;
            String bar = "copying  39%  [#####........]  100 MiB of 256 MiB  50 MiB/s  3 s left";
            assertThat(bar).hasSize(69);
            assertThat(follow(new FakeJob(RUNS, RUNS, done()))).isEqualTo("\r" + bar + "\033[K\r\033[K");
        }

        @Test
        void aBarFollowsTheTerminal() throws InterruptedException {
            platform.barWidth = 40;
            FakeJob job = new FakeJob(RUNS, RUNS, RUNS, done());
            Call call = new Call(platform.caller(new ByteArrayOutputStream(), err), platform, platform.cancellation);
            job.onAwait = () -> platform.barWidth += 30;
            new Follow(call, () -> now).untilEnd(job);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("\rcopying  39%  [#####........]  100 MiB of 256 MiB  50 MiB/s  3 s left\033[K")
                    .contains("[###########...................]");
        }

        @Test
        void aBarIsNeverAsLongAsTheLine() {
            for (int width = 1; width < 120; width++) {
                assertThat(ProgressLine.bar(RUNS, width).length()).isLessThan(width);
            }
        }

        @Test
        void aPausedJobSaysSoAndGuessesNothing() throws InterruptedException {
            JobInfo paused = Platform.paused(RUNS);
            assertThat(ProgressLine.plain(paused))
                    .isEqualTo("job 7, backup data: copying (paused), 39%, 100 MiB of 256 MiB");
            assertThat(ProgressLine.bar(paused, 70))
                    .startsWith("copying (paused)  39%  [")
                    .endsWith("]  100 MiB of 256 MiB");
            assertThat(follow(new FakeJob(RUNS, paused, paused, paused, RUNS, done())))
                    .isEqualTo("job 7, backup data: copying (paused), 39%, 100 MiB of 256 MiB\n");
        }

        @Test
        void whatIsKnown() {
            JobInfo early = new JobInfo(
                    1, "backup", "d", RUNNING, false, null, 0, -1, 0, -1, Platform.NOON, null, null, Map.of());
            assertThat(ProgressLine.plain(early)).isEqualTo("job 1, backup d: starting");
            JobInfo beyond = new JobInfo(
                    1, "b", "d", RUNNING, false, "x", 3L << 61, 1L << 60, 5, 0, Platform.NOON, null, null, Map.of());
            assertThat(ProgressLine.percent(beyond)).isEqualTo(100);
        }
    }
}
