package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executable jar as {@code hikae} starts it for a short command: a process of its own. */
class StartIT {
    private static final int KILLS = Boolean.getBoolean("hikae.long") ? 100 : 5;
    private static final int START_MILLIS = 700;
    private static final long DEADLINE_SECONDS = 60;

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void nameHomeWithSpaces() {
        home = folder.resolve("a home");
    }

    @Test
    void everyBundleIsActiveInANewHomeAndInOneThatIsKnown() throws Exception {
        List<String> first = bundles();
        assertThat(bundles()).isEqualTo(first);
    }

    @Test
    void theCacheCanBeLost() throws Exception {
        List<String> first = bundles();
        Path unpacked = home.resolve("cache").resolve("bundles");
        try (var files = Files.walk(unpacked)) {
            Path some = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            Files.write(some, new byte[0]);
        }
        assertThat(bundles()).isEqualTo(first);
    }

    @Test
    void aHomeMovesOnToAnotherVersion() throws Exception {
        List<String> first = bundles();
        Path unpacked = home.resolve("cache").resolve("bundles");
        Path ours;
        try (var folders = Files.list(unpacked)) {
            ours = folders.findFirst().orElseThrow();
        }
        // As if another version had been here: all that the framework remembers is elsewhere.
        String name = ours.getFileName().toString();
        Path other = unpacked.resolve("x".repeat(name.length()));
        Files.move(ours, other);
        replaceInFiles(
                home.resolve("cache").resolve("framework"),
                name,
                other.getFileName().toString());

        assertThat(bundles()).hasSameSizeAs(first);
        assertThat(ours).isDirectory();
        assertThat(other).doesNotExist();
    }

    @Test
    void whateverAKilledStartLeavesTheNextOneWorks() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start();
            process.waitFor(random.nextInt(START_MILLIS), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            assertThat(bundles()).as("kill %d, seed %d", kill, seed).isNotEmpty();
        }
    }

    /** It takes as long as many a command. */
    @Test
    void whatRunsOneCommandDoesNotOpenTheDatabaseOfTheCatalog() throws Exception {
        Path disk = Files.write(folder.resolve("disk"), new byte[1 << 20]);
        Path medium = Files.createDirectory(folder.resolve("medium"));
        for (String command : List.of(
                "disk add data " + disk,
                "medium add vault directory " + medium,
                "backup run data --to vault",
                "disk list",
                "job list")) {
            Process process = start("hikae:" + command);
            process.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {});
            assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(command).isZero();
        }
        assertThat(home.resolve("jobs").resolve("1.json")).exists();
        assertThat(home.resolve("catalog")).doesNotExist();
    }

    private static void replaceInFiles(Path tree, String old, String replacement) throws IOException {
        try (var files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (content.contains(old)) {
                    Files.writeString(file, content.replace(old, replacement), StandardCharsets.ISO_8859_1);
                }
            }
        }
    }

    /** The lines that the platform prints of its bundles, all of which are active. */
    private List<String> bundles() throws IOException, InterruptedException {
        Process process = start();
        List<String> lines = process.inputReader(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.matches(" *\\d+\\|.*"))
                .toList();
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(lines).isNotEmpty().allMatch(line -> line.contains("|Active "));
        assertThat(process.exitValue()).isZero();
        return lines;
    }

    private Process start() throws IOException {
        return start("felix:lb -s");
    }

    private Process start(String command) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String jar = System.getProperty("hikae.jar");
        return new ProcessBuilder(
                        java.toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        Program.classes(jar),
                        "-jar",
                        jar,
                        "--home",
                        home.toString(),
                        "-c",
                        command)
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }
}
