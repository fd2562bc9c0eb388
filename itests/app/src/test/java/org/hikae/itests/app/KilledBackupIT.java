package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I3: whenever the platform is killed during a backup under writes, a generation is complete or absent. */
class KilledBackupIT {

    private static final int KILLS = Boolean.getBoolean("hikae.long") ? 300 : 30;
    private static final int DISK_BYTES = 24 << 20;
    /** After the start of the platform now and then, mostly of the backup, which takes about as long. */
    private static final int LATEST_KILL_MILLIS = 1200;
    /** Where each round writes, in this order, while the backup copies. */
    private static final int[] WRITES = {17 << 20, (1 << 20) + 777, 9 << 20};

    private static final int WRITE_BYTES = 5 << 20;

    private static final Pattern MADE = Pattern.compile("(data@\\d+)");

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private Program program;
    private Path disk;

    @Test
    void i3_killedAtAnyMomentAGenerationIsCompleteOrAbsent() throws Exception {
        program = Program.in(folder);
        disk = folder.resolve("disk");
        byte[] content = new byte[DISK_BYTES];
        random.nextBytes(content);
        Files.write(disk, content);
        program.ok("disk", "add", "data", disk.toString());
        program.ok(
                "medium", "add", "vault", "directory", folder.resolve("vault").toString());
        Set<String> seen = new TreeSet<>();
        int unsealed = 0;
        int sealedInTime = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            String message = "kill " + kill + ", seed " + seed;
            Round round = new Round((byte) (kill + 1), Files.readAllBytes(disk));
            Files.write(folder.resolve("noise"), round.noise());
            backUpAndKill(kill);
            Set<String> sealed = onMedium("manifest");
            unsealed += isAnythingUncommitted() || onMedium(".").size() > sealed.size() ? 1 : 0;
            Set<String> killed = new TreeSet<>(sealed);
            killed.removeAll(seen);
            sealedInTime += killed.size();
            String made = goOn(sealed, killed, message);
            for (String id : killed) {
                round.assertIsOneInstant(Files.readAllBytes(restored(id)), message);
                Files.delete(restored(id));
            }
            assertThat(onMedium("."))
                    .as("what was not sealed is gone; " + message)
                    .containsExactly(made);
            assertThat(seen).as("a number is given once; " + message).doesNotContain(made);
            seen.addAll(sealed);
            seen.add(made);
        }
        assertThat(unsealed).as("backups killed before they were sealed").isPositive();
        assertThat(sealedInTime).as("backups sealed before they were killed").isPositive();
    }

    /** One backup under writes: what the disk was, and what is written over it. */
    private record Round(byte letter, byte[] before) {

        byte[] noise() {
            byte[] noise = new byte[WRITE_BYTES];
            Arrays.fill(noise, letter);
            return noise;
        }

        /** T0 lies before, between or within the writes, which are one after the other: a part of them, in order, is in. */
        void assertIsOneInstant(byte[] image, String message) {
            byte[] expected = before.clone();
            boolean written = true;
            for (int at : WRITES) {
                for (int i = at; i < at + WRITE_BYTES; i++) {
                    written &= image[i] == letter;
                    expected[i] = written ? letter : before[i];
                }
            }
            assertThat(Arrays.mismatch(image, expected)).as(message).isEqualTo(-1);
        }
    }

    /** Kills at some moment; in two rounds of five as soon as there is something on the medium, or a generation. */
    private void backUpAndKill(int kill) throws Exception {
        Set<String> before = onMedium("manifest");
        try (Program.Running backup = program.start("-c", backupUnderWrites())) {
            switch (kill % 5) {
                case 0 -> backup.process().waitFor(random.nextInt(LATEST_KILL_MILLIS), TimeUnit.MILLISECONDS);
                case 1 -> awaitOrEnd(this::isAnythingUncommitted, backup);
                case 2 -> awaitOrEnd(() -> !onMedium("manifest").equals(before), backup);
                default -> {
                    awaitOrEnd(() -> !backup.soFar().isEmpty(), backup);
                    backup.process().waitFor(random.nextInt(LATEST_KILL_MILLIS), TimeUnit.MILLISECONDS);
                }
            }
        }
    }

    private static void awaitOrEnd(Callable<Boolean> condition, Program.Running backup) {
        Awaitility.await()
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> condition.call() || !backup.process().isAlive());
    }

    /** A backup that takes about a second, and writes while it copies. */
    private String backupUnderWrites() {
        StringBuilder script = new StringBuilder("backup run data --to vault --rate 30MB/s --detach");
        for (int at : WRITES) {
            script.append("; node write n1 data --at ")
                    .append(at)
                    .append(" --from '")
                    .append(folder.resolve("noise"))
                    .append('\'');
        }
        return script.append("; job list").toString();
    }

    /**
     * What is listed is what was sealed; it verifies and is removed again, what the killed one sealed is restored, and
     * the next backup goes well; its id. One process does it all: starting one costs more than the rest.
     */
    private String goOn(Set<String> sealed, Set<String> killed, String message) throws Exception {
        List<String> commands = new ArrayList<>(List.of("generation list --json"));
        for (String id : sealed) {
            commands.add("generation verify " + id);
            if (killed.contains(id)) {
                commands.add("generation restore " + id + " --to '" + restored(id) + "'");
            }
            commands.add("generation remove " + id);
        }
        commands.add("backup run data --to vault");
        Program.Result result = program.run("-c", String.join("; ", commands));
        assertThat(result.code()).as(message + "\n" + result.output()).isZero();
        assertThat(new TreeSet<>(Program.ids(result.output()))).as(message).isEqualTo(sealed);
        Matcher made = MADE.matcher(result.output().substring(result.output().lastIndexOf("generation ")));
        assertThat(made.find()).as(result.output()).isTrue();
        return made.group(1);
    }

    private Path restored(String id) {
        return folder.resolve("restored " + id);
    }

    private boolean isAnythingUncommitted() throws IOException {
        Path uncommitted = folder.resolve("vault").resolve(".uncommitted");
        if (!Files.isDirectory(uncommitted)) {
            return false;
        }
        try (Stream<Path> files = Files.list(uncommitted)) {
            return files.findAny().isPresent();
        }
    }

    /** The generations of which such a file, or anything, is on the medium. */
    private Set<String> onMedium(String file) throws IOException {
        try (Stream<Path> names = Files.list(folder.resolve("vault"))) {
            Set<String> ids = new TreeSet<>();
            for (Path name : names.filter(Files::isDirectory).toList()) {
                if (!name.getFileName().toString().startsWith(".") && Files.exists(name.resolve(file))) {
                    ids.add(name.getFileName().toString());
                }
            }
            return ids;
        }
    }
}
