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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I3: whenever the platform is killed during a backup under writes, a generation is complete or absent. */
class KilledBackupIT {

    private static final int KILLS = Boolean.getBoolean("hikae.long") ? 300 : 18;
    private static final int DISK_BYTES = 8 << 20;
    /** After the start of the platform now and then, mostly of the backup, which takes about as long. */
    private static final int LATEST_KILL_MILLIS = 900;
    /** Where each round writes, in this order, while the backup copies. */
    private static final int[] WRITES = {5 << 20, (1 << 20) + 777, 3 << 20};

    private static final int WRITE_BYTES = 3 << 19;

    private static final Pattern MADE = Pattern.compile("(data@\\d+)");
    /** The last that is printed before the next backup begins. */
    private static final Pattern GONE_ON = Pattern.compile("\"gather\"\\s*:");

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);
    /** Generations that there ever were. */
    private final Set<String> seen = new TreeSet<>();

    private Program program;
    private Path disk;

    @Test
    void i3_killedAtAnyMomentAGenerationIsCompleteOrAbsent() throws Exception {
        program = Program.in(folder);
        disk = folder.resolve("disk");
        byte[] content = new byte[DISK_BYTES];
        random.nextBytes(content);
        Files.write(disk, content);
        program.ok("-c", "disk add data '" + disk + "'; medium add vault directory '" + folder.resolve("vault") + "'");
        int unsealed = 0;
        int sealedInTime = 0;
        int temporary = 0;
        Left left = new Left(null, Set.of(), Set.of(), Set.of(), "seed " + seed);
        for (int kill = 0; kill < KILLS; kill++) {
            Round round = new Round((byte) (kill + 1), Files.readAllBytes(disk));
            Files.write(folder.resolve("noise"), round.noise());
            left = backUpAndKill(kill, round, left);
            unsealed += isAnythingUncommitted() || onMedium(".").size() > left.sealed.size() ? 1 : 0;
            sealedInTime += left.killed.size();
            temporary += left.temporary.size();
        }
        String output = program.ok("-c", goOn(left, 0));
        check(left, output, made(output, left));
        assertThat(unsealed).as("backups killed before they were sealed").isPositive();
        assertThat(sealedInTime).as("backups sealed before they were killed").isPositive();
        assertThat(temporary).as("temporary logs of killed backups").isPositive();
    }

    /**
     * What a kill has left.
     *
     * @param round the backup that was killed; null: none was
     * @param sealed the generations on the medium
     * @param killed what the killed backup had sealed
     * @param temporary files of temporary logs
     */
    private record Left(Round round, Set<String> sealed, Set<String> killed, Set<Path> temporary, String message) {}

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

    /**
     * One process goes on after the kill before, begins the next backup, and is killed at some moment of it; in two rounds of
     * five as soon as there is something on the medium, or a generation. In one of ten the backup has a process of its own,
     * which may be killed as it starts.
     */
    private Left backUpAndKill(int kill, Round round, Left before) throws Exception {
        boolean apart = kill % 10 == 0;
        String goOn = goOn(before, kill);
        String output = apart ? program.ok("-c", goOn) : "";
        String script = apart ? backupUnderWrites() : goOn + "; " + backupUnderWrites();
        String made;
        try (Program.Running backup = program.start("-c", script)) {
            if (!apart) {
                awaitOrEnd(() -> GONE_ON.matcher(backup.soFar()).find(), backup);
                output = backup.soFar();
            }
            made = made(output, before);
            awaitMoment(kill, made, backup);
        }
        check(before, output, made);
        Set<String> sealed = onMedium("manifest");
        Set<String> killed = new TreeSet<>(sealed);
        killed.remove(made);
        return new Left(round, sealed, killed, temporaryLogs(), "kill " + kill + ", seed " + seed);
    }

    private void awaitMoment(int kill, String made, Program.Running backup) throws Exception {
        switch (kill % 5) {
            case 1 -> awaitOrEnd(this::isAnythingUncommitted, backup);
            case 2 -> awaitOrEnd(() -> !onMedium("manifest").equals(Set.of(made)), backup);
            default -> backup.process().waitFor(random.nextInt(LATEST_KILL_MILLIS), TimeUnit.MILLISECONDS);
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
        StringBuilder script = new StringBuilder("backup run data --to vault --rate 10MB/s --detach");
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
     * What was sealed is listed, verified and removed again, what the killed one sealed is restored, and the next backup is
     * made as the killed one was; the one after that gathers its log in the other way.
     */
    private String goOn(Left left, int kill) {
        List<String> commands = new ArrayList<>(List.of("generation list --json"));
        for (String id : left.sealed) {
            commands.add("generation verify " + id);
            if (left.killed.contains(id)) {
                commands.add("generation restore " + id + " --to '" + restored(id) + "'");
            }
            commands.add("generation remove " + id);
        }
        commands.add("backup run data --to vault");
        commands.add("bilog strategy data --json --gather " + (kill % 2 == 0 ? "per-node" : "central"));
        return String.join("; ", commands);
    }

    private static String goneOn(String output, Left left) {
        Matcher end = GONE_ON.matcher(output);
        assertThat(end.find()).as(left.message + "\n" + output).isTrue();
        return output.substring(0, end.start());
    }

    /** The generation that was made after a kill. */
    private static String made(String output, Left left) {
        String goneOn = goneOn(output, left);
        Matcher made = MADE.matcher(goneOn.substring(goneOn.lastIndexOf("generation ")));
        assertThat(made.find()).as(output).isTrue();
        return made.group(1);
    }

    /** Of what a kill has left, only what was sealed was ever seen, and nothing is there any more. */
    private void check(Left left, String output, String made) throws IOException {
        assertThat(new TreeSet<>(Program.ids(goneOn(output, left))))
                .as(left.message)
                .isEqualTo(left.sealed);
        for (String id : left.killed) {
            left.round.assertIsOneInstant(Files.readAllBytes(restored(id)), left.message);
            Files.delete(restored(id));
        }
        assertThat(onMedium(".").stream().filter(id -> number(id) <= number(made)))
                .as("what was not sealed is gone; " + left.message)
                .containsExactly(made);
        assertThat(temporaryLogs()).as(left.message).noneMatch(left.temporary::contains);
        assertThat(seen).as("a number is given once; " + left.message).doesNotContain(made);
        seen.addAll(left.sealed);
        seen.add(made);
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(id.indexOf('@') + 1));
    }

    private Set<Path> temporaryLogs() throws IOException {
        try (Stream<Path> files = Files.walk(program.home().resolve("log"))) {
            return files.filter(file -> file.toString().matches(".*\\.(list|data)"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
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
