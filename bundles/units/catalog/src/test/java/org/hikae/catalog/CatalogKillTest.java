package org.hikae.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hikae.api.catalog.KnownGeneration.State;
import org.hikae.api.media.GenerationInfo;
import org.hikae.sql.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that bring a catalog up to date are killed at random moments. */
class CatalogKillTest {

    private static final int KEPT = 20;
    private static final int ROUNDS = Boolean.getBoolean("hikae.long") ? 30 : 4;

    @TempDir
    Path home;

    /** Adds a generation and a job each time, and removes the oldest generation; prints how far it is. */
    public static final class Writer {

        private Writer() {}

        public static void main(String[] args) throws Exception {
            FakePlatform platform = new FakePlatform();
            Database database = Databases.open(Databases.file(Path.of(args[0])));
            Books books = new Books(platform.truth(), database, platform.jobsService());
            for (long step = Long.parseLong(args[1]); ; step++) {
                stand(platform, step);
                books.bringUpToDate();
                System.out.println(step);
            }
        }
    }

    /** How everything stands at a step. */
    private static void stand(FakePlatform platform, long step) {
        platform.jobs.clear();
        platform.shelves.put("m1", new ArrayList<>());
        for (long number = Math.max(1, step - KEPT + 1); number <= step; number++) {
            platform.addJob(number, "backup");
            platform.shelves.get("m1").add(FakePlatform.generation(number, "m1"));
        }
    }

    @Test
    @Timeout(300)
    void eachUpdateIsThereOrNot() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long last = 0;
        for (int round = 0; round < ROUNDS; round++) {
            last = writeAndKill(last + 1, 1 + random.nextInt(60));
            assertWhole(last, "seed " + seed + ", round " + round);
        }
    }

    private void assertWhole(long last, String when) throws IOException {
        FakePlatform platform = new FakePlatform();
        stand(platform, last);
        Database database = Databases.open(Databases.file(home));
        try {
            Books books = new Books(platform.truth(), database, platform.jobsService());
            long newest = database.call(Duration.ofMinutes(1), connection -> JobRow.list(connection, null, 1).stream()
                    .mapToLong(job -> job.id())
                    .sum());
            List<Long> present = database.call(Duration.ofMinutes(1), GenerationRow::known).values().stream()
                    .filter(row -> row.state() == State.PRESENT)
                    .map(GenerationRow::number)
                    .sorted()
                    .toList();
            assertThat(present).as(when).hasSize((int) Math.min(KEPT, newest));
            assertThat(present.isEmpty() ? 0 : present.get(present.size() - 1))
                    .as(when)
                    .isEqualTo(newest);
            assertThat(books.generations(false))
                    .as(when)
                    .extracting(known -> known.info())
                    .isEqualTo(platform.shelves.get("m1"))
                    .extracting(GenerationInfo::number)
                    .contains(last);
        } finally {
            database.close(Duration.ofMinutes(1));
        }
    }

    /** @return how far it certainly was */
    private long writeAndKill(long from, int steps) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        home.toString(),
                        Long.toString(from))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long step = from;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < steps; i++) {
                step = Long.parseLong(lines.readLine());
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        return step;
    }
}
