package org.hikae.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hikae.api.job.Job;
import org.hikae.api.job.JobInfo;
import org.hikae.api.job.JobInfo.State;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that start jobs are killed at random moments. */
class JobKillTest {

    @TempDir
    Path folder;

    /** Starts jobs without end; prints the id of each that was started. */
    public static final class Starter {

        private Starter() {}

        public static void main(String[] args) throws Exception {
            JobRunner runner =
                    new JobRunner(new JobFiles(Path.of(args[0])), 10, InstantSource.system(), System::nanoTime);
            while (true) {
                System.out.println(
                        runner.start("noop", "nothing", progress -> Map.of()).id());
            }
        }
    }

    @RepeatedTest(3)
    @Timeout(60)
    void idsAreNeverGivenTwice() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long last = 0;
        for (int round = 0; round < 3; round++) {
            long printed = startAndKill(1 + random.nextInt(60), last);
            assertThat(printed).as("seed %d", seed).isGreaterThan(last);
            last = printed;
        }
        JobRunner runner = new JobRunner(new JobFiles(folder), 10, InstantSource.system(), System::nanoTime);
        assertThat(runner.list()).extracting(JobInfo::state).isSubsetOf(State.DONE, State.INTERRUPTED);
        assertThat(runner.list()).extracting(JobInfo::id).contains(last);
        Job next = runner.start("noop", "nothing", progress -> Map.of());
        assertThat(next.id()).isGreaterThan(last);
        assertThat(next.await(Duration.ofSeconds(20))).isTrue();
    }

    private long startAndKill(int jobs, long last) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long newest = last;
        try (BufferedReader ids = process.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < jobs; i++) {
                long id = Long.parseLong(ids.readLine());
                assertThat(id).isGreaterThan(newest);
                newest = id;
            }
            process.toHandle().destroyForcibly(); // unlike the process itself, leaves its output readable
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            for (String line = ids.readLine(); line != null && line.length() > 0; line = ids.readLine()) {
                // A line cut short by the kill is smaller than the id before it.
                newest = Math.max(newest, Long.parseLong(line));
            }
        }
        return newest;
    }
}
