package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
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

    private static final Pattern MADE = Pattern.compile("(data@\\d+)");

    @TempDir
    Path folder;

    @Test
    void i3_killedAtAnyMomentAGenerationIsCompleteOrAbsent() throws Exception {
        long seed = Long.getLong("hikae.seed", System.nanoTime());
        Random random = new Random(seed);
        Program program = Program.in(folder);
        byte[] content = new byte[DISK_BYTES];
        random.nextBytes(content);
        Files.write(folder.resolve("disk"), content);
        Files.write(folder.resolve("noise"), new byte[5 << 20]);
        program.ok("disk", "add", "data", folder.resolve("disk").toString());
        program.ok(
                "medium", "add", "vault", "directory", folder.resolve("vault").toString());
        Set<String> seen = new TreeSet<>();
        for (int kill = 0; kill < KILLS; kill++) {
            String message = "kill " + kill + ", seed " + seed;
            try (Program.Running backup = program.start("-c", backupUnderWrites(random))) {
                if (kill % 4 > 0) {
                    Awaitility.await().until(() -> !backup.soFar().isEmpty());
                }
                backup.process().waitFor(random.nextInt(LATEST_KILL_MILLIS), TimeUnit.MILLISECONDS);
            }
            Set<String> sealed = onMedium("manifest");
            String made = goOn(program, sealed, message);
            assertThat(onMedium("."))
                    .as("what was not sealed is gone; " + message)
                    .containsExactly(made);
            assertThat(seen.add(made)).as("a number is given once; " + message).isTrue();
            seen.addAll(sealed);
        }
    }

    /** A backup that takes about a second, and writes while it copies. */
    private String backupUnderWrites(Random random) {
        StringBuilder script = new StringBuilder("backup run data --to vault --rate 30MB/s --detach");
        for (int i = 0; i < 3; i++) {
            script.append("; node write n1 data --at ")
                    .append(random.nextInt(DISK_BYTES - (5 << 20)))
                    .append(" --from '")
                    .append(folder.resolve("noise"))
                    .append('\'');
        }
        return script.append("; job list").toString();
    }

    /**
     * What is listed is what was sealed; it verifies and is removed again, and the next backup goes well; its id. One
     * process does it all: starting one costs more than the rest.
     */
    private static String goOn(Program program, Set<String> sealed, String message) throws Exception {
        List<String> commands = new ArrayList<>(List.of("generation list --json"));
        for (String id : sealed) {
            commands.add("generation verify " + id);
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
