package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I2: whenever the platform is killed while nodes write, what differs from a mark is in the changed set since it. */
class KilledTrackingIT {

    private static final int KILLS = Boolean.getBoolean("hikae.long") ? 300 : 7;
    /** As many blocks have to differ in all: how many do at a kill depends on how fast the machine is. */
    private static final int LEAST_DIFFERED = KILLS * 50;

    private static final int MOST_KILLS = KILLS * 10;
    private static final int MIB = 1 << 20;
    private static final int DISK_BYTES = 48 * MIB;
    /** Nothing is written behind that byte. */
    private static final int WRITTEN_BYTES = 12 * MIB;
    /** Regions that are recorded in advance may lie behind it. */
    private static final int COUNTED_BYTES = 32 * MIB;

    private static final int BLOCK = 4096;
    /** After the first words of the platform; its writes take about as long. */
    private static final int LATEST_KILL_MILLIS = 400;

    private static final Pattern RUN = Pattern.compile("\\[(\\d+), (\\d+)]");

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private Path disk;
    private byte[] atMark;

    @Test
    void i2_killedAtAnyMomentNoChangedBlockIsMissed() throws Exception {
        Program program = Program.in(folder);
        disk = Files.write(folder.resolve("disk"), noise(DISK_BYTES));
        Files.write(folder.resolve("noise"), noise(MIB + 12_345));
        program.ok("-c", "disk add data '" + disk + "'; node add n2; " + write() + "; mark add data m0");
        atMark = Files.readAllBytes(disk);
        int differed = 0;
        int kill = 0;
        for (; kill < KILLS || differed <= LEAST_DIFFERED && kill < MOST_KILLS; kill++) {
            int mark = kill / 5;
            byte[] before = Files.readAllBytes(disk);
            try (Program.Running running = program.start("-c", script(mark, kill % 5 == 4))) {
                Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> running.soFar()
                        .contains("]\n}\n"));
                differed += check(running.soFar(), before, "kill " + kill + ", seed " + seed);
                if (kill % 5 == 4) {
                    // A mark survives the kill right after its command has said that it is set.
                    Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> running.soFar()
                            .contains("is marked: m" + (mark + 1)));
                    atMark = Files.readAllBytes(disk);
                } else {
                    running.process().waitFor(random.nextInt(LATEST_KILL_MILLIS), TimeUnit.MILLISECONDS);
                }
            }
        }
        assertThat(differed)
                .as("blocks that differed: without, nothing is shown")
                .isGreaterThan(LEAST_DIFFERED);
        String last = program.ok("disk", "blocks", "data", "--changed", "--since", "m" + kill / 5, "--json");
        check(last, Files.readAllBytes(disk), "seed " + seed);
    }

    /** What has changed, as this platform knows it from the ones before; then writes, or a mark, and an idle end. */
    private String script(int mark, boolean marks) {
        StringBuilder script = new StringBuilder("disk blocks data --changed --since m" + mark + " --json");
        if (marks) {
            return script.append("; mark add data m")
                    .append(mark + 1)
                    .append("; job list")
                    .toString();
        }
        for (int i = 0; i < 40; i++) {
            script.append("; ").append(write());
        }
        return script.toString();
    }

    private String write() {
        return "node write n" + (1 + random.nextInt(2)) + " data --at " + random.nextInt(WRITTEN_BYTES - 2 * MIB)
                + " --from '" + folder.resolve("noise") + "'";
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Compares with the copy taken at the mark; returns how many blocks differ. */
    private int check(String output, byte[] now, String message) throws IOException {
        BitSet changed = new BitSet();
        Matcher run = RUN.matcher(output);
        while (run.find()) {
            int first = Integer.parseInt(run.group(1));
            changed.set(first, first + Integer.parseInt(run.group(2)));
        }
        int differed = 0;
        for (int block = 0; block < DISK_BYTES / BLOCK; block++) {
            int at = block * BLOCK;
            if (!Arrays.equals(now, at, at + BLOCK, atMark, at, at + BLOCK)) {
                differed++;
                assertThat(changed.get(block))
                        .as("block " + block + ", " + message)
                        .isTrue();
            }
        }
        assertThat(changed.length())
                .as("what nobody wrote has not changed; " + message)
                .isLessThanOrEqualTo(COUNTED_BYTES / BLOCK);
        return differed;
    }
}
