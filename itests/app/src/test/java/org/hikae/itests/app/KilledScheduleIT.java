package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** b.4: a platform that is killed in a scheduled run is caught up with once; what it had ended is not made twice. */
class KilledScheduleIT {

    private static final int KILLS = Boolean.getBoolean("hikae.long") ? 40 : 3;
    /** As long as all runs had ended before the machine came to kill them. */
    private static final int MOST_KILLS = 10 * KILLS;

    private static final int DISK_BYTES = 48 << 20;
    private static final int DEADLINE_SECONDS = 60;
    /** One in so many looks at a run that goes on, a few milliseconds apart, is followed by a kill. */
    private static final int FURTHER = 30;

    /** Each month, so that none comes due in the test. */
    private static final String SCHEDULE =
            """
            disk="data"
            medium="vault"
            differential="0 0 1 * *"
            zone="UTC"
            """;

    private static final Pattern STATE = Pattern.compile("\"state\" : \"(\\w+)\"");
    private static final Pattern COVERED = Pattern.compile("\"covered\" : (\\d+)");
    private static final Pattern MADE = Pattern.compile("\"generation\" : \"([^\"]+)\"");
    private static final Pattern HANDLED = Pattern.compile("\"handled\" : \"[^\"]+\"");

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private Program program;
    private Path record;

    @Test
    void killedInARunItIsCaughtUpWithOnce() throws Exception {
        program = Program.in(folder);
        record = program.home().resolve("schedules").resolve("monthly.json");
        byte[] content = new byte[DISK_BYTES];
        random.nextBytes(content);
        Files.write(folder.resolve("disk"), content);
        Files.write(folder.resolve("noise"), content);
        program.ok(
                "-c",
                "disk add data '" + folder.resolve("disk") + "'; medium add vault directory '" + folder.resolve("vault")
                        + "'");
        Files.writeString(program.home().resolve("etc").resolve("org.hikae.schedule~monthly.config"), SCHEDULE);
        try (Program.Running platform = program.serve()) {
            awaitRecord(text -> !text.isEmpty());
            assertThat(all(STATE, record())).isEmpty();
        }
        for (int kill = 0; kill < KILLS || (kill < MOST_KILLS && !hasInterrupted()); kill++) {
            killInARun(moment(kill), "kill " + kill + ", seed " + seed);
        }
        assertThat(all(STATE, record())).as("seed " + seed).contains("INTERRUPTED");
    }

    private boolean hasInterrupted() throws IOException {
        return all(STATE, record()).contains("INTERRUPTED");
    }

    /** Where a run is seen to be when its platform is killed. */
    @FunctionalInterface
    private interface Moment {
        boolean isNow() throws IOException;
    }

    /** As it begins, in the first half of its copy, with its generation made and not recorded, and anywhere, at its end too. */
    private Moment moment(int kill) throws IOException {
        int made = made();
        long copied = 1 + random.nextInt(DISK_BYTES / 2);
        return switch (kill % 4) {
            case 0 -> () -> true;
            case 1 -> () -> uncommitted() >= copied;
            case 2 -> () -> made() > made;
            default -> () -> random.nextInt(FURTHER) == 0;
        };
    }

    /** One platform misses months, and is killed while it catches up; another one catches up with that. */
    private void killInARun(Moment moment, String message) throws Exception {
        int over = all(STATE, record()).size();
        missMonths();
        try (Program.Running killed = program.start("serve")) {
            awaitRecord(text -> isIn(moment, all(STATE, text), over));
        }
        String left = record();
        try (Served next = Served.start(program)) {
            awaitRecord(text -> all(STATE, text).get(0).equals("DONE"));
            check(over, left, Program.ids(next.ok("generation list --json")), message);
            // Else the next run would have nothing to copy.
            next.ok("node write n1 data --at 0 --from '" + folder.resolve("noise") + "'; node flush n1");
        }
    }

    /** Whether a run has come that far, or to its end. */
    private static boolean isIn(Moment moment, List<String> states, int over) {
        if (states.size() <= over) {
            return false;
        }
        try {
            return switch (states.get(0)) {
                case "WAITING" -> false;
                case "RUNNING" -> moment.isNow();
                default -> true;
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes that are on the medium and belong to no generation yet. */
    private long uncommitted() throws IOException {
        long bytes = 0;
        for (Path file : inVault()) {
            if (isUncommitted(file)) {
                bytes += size(file);
            }
        }
        return bytes;
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0; // It is gone since.
        }
    }

    /** Generations on the medium. */
    private int made() throws IOException {
        return (int) inVault().stream()
                .filter(file -> file.endsWith("manifest"))
                .filter(file -> !isUncommitted(file))
                .count();
    }

    private boolean isUncommitted(Path file) {
        return file.startsWith(folder.resolve("vault").resolve(".uncommitted"));
    }

    private List<Path> inVault() throws IOException {
        Path vault = folder.resolve("vault");
        return Files.exists(vault) ? Kill.walk(vault) : List.of();
    }

    private void check(int over, String left, List<String> generations, String message) throws IOException {
        List<String> states = all(STATE, record());
        List<String> fresh = states.subList(0, states.size() - over);
        assertThat(fresh).as(message).isIn(List.of("DONE"), List.of("DONE", "INTERRUPTED"));
        if (all(STATE, left).get(0).equals("DONE")) {
            assertThat(record()).as("it had ended; " + message).isEqualTo(left);
        }
        // What it was to stand for, the run after it stands for.
        assertThat(all(COVERED, record()).get(0))
                .as(message)
                .isEqualTo(all(COVERED, left).get(0));
        assertThat(generations).as(message).containsAll(all(MADE, record()));
        assertThat(all(MADE, record())).as(message).doesNotHaveDuplicates().hasSize(count(states, "DONE"));
        assertThat(generations.size()).as(message).isLessThanOrEqualTo(states.size());
    }

    private static int count(List<String> states, String state) {
        return (int) states.stream().filter(state::equals).count();
    }

    /** As if the platform had not run for so long. */
    private void missMonths() throws IOException {
        Instant handled = Instant.now().minus(Duration.ofDays(100));
        Files.writeString(record, HANDLED.matcher(record()).replaceFirst("\"handled\" : \"" + handled + "\""));
    }

    private void awaitRecord(Predicate<String> wanted) {
        Awaitility.await()
                .pollInterval(2, TimeUnit.MILLISECONDS)
                .atMost(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .until(this::record, wanted);
    }

    private String record() throws IOException {
        try {
            return Files.readString(record);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
