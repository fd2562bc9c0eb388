package org.hikae.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.JobInfo.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one run of the platform leaves to the next. */
@Timeout(60)
class JobRecordsTest {

    private static final Instant NOON = Instant.parse("2026-11-05T12:00:00.123456Z");

    @TempDir
    Path home;

    private Path folder() {
        return home.resolve("jobs");
    }

    private JobRunner open(int kept) throws IOException {
        return new JobRunner(new JobFiles(folder()), kept, InstantSource.fixed(NOON), System::nanoTime);
    }

    private static JobInfo run(JobRunner runner, String subject) throws Exception {
        Job job = runner.start("backup", subject, progress -> {
            progress.phase("sealing");
            progress.total(4L << 40);
            progress.advance(4L << 40);
            return Map.of("generation", "データ@1", "bytes", 5L << 40);
        });
        assertThat(job.await(Duration.ofSeconds(20))).isTrue();
        return job.info();
    }

    private static List<Long> ids(JobRunner runner) {
        return runner.list().stream().map(JobInfo::id).toList();
    }

    @Test
    void comeBackAsTheyWere() throws Exception {
        JobInfo first = run(open(1000), "データ \"1\"\n");
        assertThat(open(1000).list()).containsExactly(first);
        assertThat(open(1000).get(1)).isEqualTo(first);
    }

    @Test
    void idsGoOn() throws Exception {
        run(open(1000), "a");
        JobRunner second = open(1000);
        assertThat(run(second, "b").id()).isEqualTo(2);
        assertThat(ids(second)).containsExactly(1L, 2L);
    }

    @Test
    void whatWasRunningIsInterrupted() throws Exception {
        JobRunner killed = open(1000);
        CountDownLatch never = new CountDownLatch(1);
        Job job = killed.start("backup", "data", progress -> {
            never.await();
            return Map.of();
        });
        JobRunner next = open(1000);
        assertThat(next.get(1).state()).isEqualTo(State.INTERRUPTED);
        assertThat(next.get(1).ended()).isEqualTo(NOON);
        assertThat(next.get(1).reason()).contains("killed");
        assertThat(new JobFiles(folder()).read(1).state()).isEqualTo(State.INTERRUPTED);
        assertThatThrownBy(() -> next.cancel(1)).hasMessageContaining("interrupted");
        never.countDown();
        assertThat(job.await(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void onlyTheLastAreKept() throws Exception {
        JobRunner first = open(5);
        for (int i = 0; i < 7; i++) {
            run(first, "a");
        }
        assertThat(ids(first)).containsExactly(3L, 4L, 5L, 6L, 7L);
        JobRunner second = open(5);
        run(second, "b"); // the earlier ones have not been read yet
        assertThat(folder().toFile().list()).hasSize(5);
        assertThat(ids(second)).containsExactly(4L, 5L, 6L, 7L, 8L);
        assertThatThrownBy(() -> second.get(3)).hasMessageContaining("there is no job 3");
    }

    @Test
    void brokenOnesAreListedAsSuchAndTheirIdsNotGivenAgain() throws Exception {
        run(open(1000), "a");
        byte[] good = Files.readAllBytes(folder().resolve("1.json"));
        Files.write(folder().resolve("2.json"), new byte[0]);
        Files.write(folder().resolve("3.json"), java.util.Arrays.copyOf(good, good.length / 2));
        Files.writeString(folder().resolve("4.json"), "{\"version\":2,\"id\":4,\"state\":\"PAUSED\"}");
        Files.writeString(folder().resolve("5.json"), "{\"version\":1,\"id\":5,\"state\":\"RUMMING\"}");
        Files.writeString(folder().resolve("6.json"), "[1]");
        Files.write(folder().resolve("7.json"), good); // says that it is job 1
        Files.writeString(folder().resolve("8.json.tmp"), "half");
        Files.writeString(folder().resolve("notes.txt"), "not ours");
        JobRunner next = open(1000);
        assertThat(next.list())
                .extracting(job -> job.id() + " " + job.state())
                .containsExactly(
                        "1 DONE",
                        "2 UNREADABLE",
                        "3 UNREADABLE",
                        "4 UNREADABLE",
                        "5 UNREADABLE",
                        "6 UNREADABLE",
                        "7 UNREADABLE");
        assertThat(next.get(3).reason()).contains(folder().resolve("3.json") + " cannot be read");
        assertThat(run(next, "b").id()).isEqualTo(8);
        assertThat(folder().resolve("8.json.tmp")).doesNotExist();
        assertThat(folder().resolve("4.json")).exists();
        assertThat(folder().resolve("notes.txt")).exists();
    }

    @Test
    void everyTruncationIsRefusedOrHarmless() throws Exception {
        JobInfo job = run(open(1000), "a");
        byte[] good = JobJson.write(job);
        assertThat(JobJson.read(good)).isEqualTo(job);
        for (int length = 0; length < good.length - 1; length++) {
            byte[] cut = java.util.Arrays.copyOf(good, length);
            assertThatThrownBy(() -> JobJson.read(cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aRecordOfVersion1StaysReadable() throws Exception {
        String golden =
                """
                {"version":1,"id":12,"kind":"backup","subject":"data","state":"FAILED","phase":"copying",
                "doneBytes":1,"totalBytes":-1,"bytesPerSecond":3,"started":"2026-01-02T03:04:05Z",
                "ended":"2026-01-02T03:04:06.5Z","reason":"full","result":{"n":1,"x":1.5,"t":"a","b":true,"z":null}}
                """;
        JobInfo job = JobJson.read(golden.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(job.ended()).isEqualTo("2026-01-02T03:04:06.5Z");
        assertThat(job.result().values()).containsExactly(1L, 1.5, "a", true, null);
        assertThat(job.totalBytes()).isEqualTo(-1);
    }

    @Test
    void aJobThatCannotBeRecordedIsNotStarted() throws Exception {
        JobRunner runner = open(1000);
        Files.delete(folder());
        Files.writeString(folder(), "in the way");
        assertThatThrownBy(() -> run(runner, "a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("job 1 cannot be recorded");
        assertThat(runner.list()).isEmpty();
    }
}
