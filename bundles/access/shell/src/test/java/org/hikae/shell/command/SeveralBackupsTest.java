package org.hikae.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.api.job.JobInfo.State.CANCELLED;
import static org.hikae.api.job.JobInfo.State.DONE;
import static org.hikae.api.job.JobInfo.State.FAILED;
import static org.hikae.api.job.JobInfo.State.RUNNING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.disk.DiskStatus;
import org.hikae.api.job.JobInfo;
import org.hikae.api.media.MediumStatus;
import org.hikae.shell.call.Call;
import org.hikae.shell.command.Platform.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code backup run} with several disks. */
class SeveralBackupsTest {

    private final Platform platform = Platform.filled();

    @BeforeEach
    void addDisks() {
        for (String disk : List.of("a", "b", "c")) {
            platform.add(new DiskStatus(disk, Path.of("/srv/" + disk), "raw", "raw", 256L << 20, 4096, null));
        }
        platform.add(new MediumStatus("m2", "directory", "/backup/m2", 1, 1, List.of(), null));
    }

    private static JobInfo job(long id, String disk, JobInfo.State state, String reason) {
        return Platform.job(
                id, disk + " to m1", state, reason, state == DONE ? Map.of("generation", disk + "@1") : Map.of());
    }

    private static JobInfo runs(long id, String disk) {
        return job(id, disk, RUNNING, null);
    }

    private static JobInfo done(long id, String disk) {
        return job(id, disk, DONE, null);
    }

    private FakeJob prepare(String disk, JobInfo... states) {
        platform.backups.jobs.put(disk, new FakeJob(states));
        return platform.backups.jobs.get(disk);
    }

    private Outcome backUp(String arguments) {
        return platform.run("backup", ("run " + arguments).split(" ", -1));
    }

    @Test
    void mediaAreDealtInTurn() {
        prepare("a", done(7, "a"));
        prepare("b", done(8, "b"));
        prepare("c", done(9, "c"));
        assertThat(backUp("a b c --to m1,m2,m1 --workers 2").exit()).isZero();
        assertThat(platform.backups.asked)
                .containsExactly(
                        new BackupRequest("a", "m1", List.of(), 0, 2),
                        new BackupRequest("b", "m2", List.of(), 0, 2),
                        new BackupRequest("c", "m1", List.of(), 0, 2));
        platform.backups.asked.clear();
        assertThat(backUp("a --to m2 c").exit()).isZero();
        assertThat(platform.backups.asked)
                .containsExactly(
                        new BackupRequest("a", "m2", List.of(), 0, 0), new BackupRequest("c", "m2", List.of(), 0, 0));
    }

    @Test
    void allResultsArePrintedInTheOrderOfTheDisks() {
        prepare("a", runs(7, "a"), runs(7, "a"), done(7, "a"));
        prepare("b", done(8, "b"));
        Outcome outcome = backUp("a b --to m1");
        assertThat(outcome.exit()).isZero();
        assertThat(platform.followed)
                .as("it is not one job that goes on if the client is lost")
                .containsExactly(0L);
        assertThat(outcome.out())
                .isEqualTo(
                        """
                        generation  a@1
                        took        4.31 s
                        rate        50 MiB/s
                        job         7

                        generation  b@1
                        took        4.31 s
                        rate        50 MiB/s
                        job         8
                        """);
    }

    @Test
    void oneThatFailsStopsNoOther() {
        prepare("a", runs(7, "a"), job(7, "a", FAILED, "medium m1 is full"));
        FakeJob good = prepare("b", runs(8, "b"), done(8, "b"));
        Outcome outcome = backUp("a b --to m1");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.message()).isEqualTo("backup run: 1 of 2 backups was not made");
        assertThat(outcome.err()).isEqualTo("backup a to m1: medium m1 is full (job 7)\n");
        assertThat(outcome.out()).startsWith("generation  b@1\n");
        assertThat(good.cancelled).isFalse();
    }

    @Test
    void oneThatCannotBeBegunStopsNoOther() {
        platform.backups.refused.put("a", new IllegalStateException("the unit is gone"));
        prepare("b", done(8, "b"));
        for (String options : List.of("", " --json", " --detach", " --detach --json")) {
            Outcome outcome = backUp("a b --to m1" + options);
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.message()).isEqualTo("backup run: 1 of 2 backups was not made");
            assertThat(outcome.err())
                    .startsWith("backup a to m1 was not begun: ")
                    .contains("the unit is gone");
            assertThat(outcome.out()).isNotEmpty();
        }
        platform.backups.refused.put("b", new IllegalStateException("the unit is gone"));
        assertThat(backUp("a b --to m1").message()).isEqualTo("backup run: 2 of 2 backups were not made");
        assertThat(backUp("a b --to m1 --json").out()).isEqualTo("[]\n");
    }

    @Test
    void aNameThatIsWrongIsToldBeforeAnyIsBegun() {
        prepare("a", done(7, "a"));
        assertThat(backUp("a dat --to m1").message())
                .isEqualTo("backup run: there is no disk 'dat'; did you mean 'data'?");
        assertThat(backUp("a b --to m1,m9").exit()).isEqualTo(1);
        assertThat(platform.backups.asked).isEmpty();
    }

    @Test
    void cancellingTheCommandCancelsAll() {
        List<FakeJob> jobs = new ArrayList<>();
        for (String disk : List.of("a", "b", "c")) {
            long id = 7 + jobs.size();
            jobs.add(prepare(disk, runs(id, disk), runs(id, disk), job(id, disk, CANCELLED, "cancelled on request")));
        }
        jobs.get(0).onAwait = platform.cancellation::cancel;
        Outcome outcome = backUp("a b c --to m1");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.message()).isEqualTo("backup run: 3 of 3 backups were not made");
        assertThat(outcome.err()).contains("backup b to m1: cancelled on request (job 8)\n");
        assertThat(jobs).allMatch(job -> job.cancelled);
    }

    @Test
    void detachedJobsAreLeftToThemselves() throws Exception {
        FakeJob first = prepare("a", runs(7, "a"));
        prepare("b", runs(8, "b"));
        assertThat(backUp("a b --to m1 --detach").out()).isEqualTo("7\n8\n");
        platform.cancellation.cancel();
        assertThat(first.cancelled).isFalse();
        JsonNode json = new ObjectMapper()
                .readTree(backUp("a b --to m1 --detach --json").out());
        assertThat(json.findValuesAsText("id")).containsExactly("7", "8");
    }

    @Test
    void forProgramsThereIsOneArrayWhateverBecameOfThem() throws Exception {
        prepare("a", runs(7, "a"), job(7, "a", FAILED, "medium m1 is full"));
        prepare("b", done(8, "b"));
        Outcome outcome = backUp("a b --to m1 --json");
        assertThat(outcome.exit()).isEqualTo(1);
        JsonNode json = new ObjectMapper().readTree(outcome.out());
        assertThat(json.findValuesAsText("state")).containsExactly("failed", "done");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void oneBarShowsTheFirstThatRuns() {
        platform.barWidth = 90;
        prepare("a", runs(7, "a"), done(7, "a"));
        prepare("b", runs(8, "b"), runs(8, "b"), done(8, "b"));
        assertThat(backUp("a b --to m1").err())
                .isEqualTo(
                        "\rb to m1: copying  39%  [#########...............]  100 MiB of 256 MiB  50 MiB/s  3 s left\033[K"
                                + "\r\033[K");
    }

    @Test
    void elsewhereThereIsALineForEachThatRuns() throws InterruptedException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        long[] now = {0};
        FakeJob first = prepare("a", runs(7, "a"), runs(7, "a"), runs(7, "a"), done(7, "a"));
        first.onAwait = () -> now[0] += TimeUnit.SECONDS.toNanos(2);
        Call call = new Call(platform.caller(new ByteArrayOutputStream(), err), platform, platform.cancellation);
        new FollowAll(call, () -> now[0])
                .toResults(List.of(first, prepare("b", runs(8, "b"), done(8, "b")), prepare("c", done(9, "c"))), false);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "job 7, backup a to m1: copying, 39%, 100 MiB of 256 MiB, 50 MiB/s, 3 s left",
                        "job 8, backup b to m1: copying, 39%, 100 MiB of 256 MiB, 50 MiB/s, 3 s left");
    }
}
