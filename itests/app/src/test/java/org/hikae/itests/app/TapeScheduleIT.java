package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** b.4, 27: what schedules and a policy bring to tape on a platform that stays, also after it was killed and started again. */
class TapeScheduleIT {

    private static final int DISK_BYTES = 3 << 20;
    private static final Pattern STATE = Pattern.compile("\"state\"\\s*:\\s*\"(\\w+)\"");

    @TempDir
    Path folder;

    private final Random random = new Random(11);
    private final Map<String, byte[]> contents = new TreeMap<>();

    @Test
    void generationsLeaveTheDiskForTapeAsAPolicySays() throws Exception {
        Program program = Program.in(folder);
        change();
        program.ok(
                "-c",
                "disk add data '" + folder.resolve("disk") + "'; medium add m1 directory '" + folder.resolve("m1")
                        + "'; tape library add lib virtual '" + folder.resolve("tapes") + "' --capacity 100MB");
        try (Served served = Served.start(program)) {
            byHand(served);
            served.ok("schedule add late --disk data --to m1 --full '0 3 29 2 *' --tape-after 1000d;"
                    + " schedule add soon --disk data --to m1 --full '0 3 29 2 *' --tape-after 0s --keep-both 0s"
                    + " --tape-pool archive");
            run(served, "late");
            assertThat(places(served).values()).containsExactly("tape", "disk");
            run(served, "soon");
            assertThat(places(served).values()).containsExactly("tape", "tape", "tape");
        }
        try (Served served = Served.start(program)) {
            assertThat(served.ok("schedule info soon --json")).contains("archive");
            run(served, "soon");
            assertThat(places(served).values()).containsExactly("tape", "tape", "tape", "tape");
            readAll(served);
            assertThat(served.ok("tape migrate --disk data --after 0s --keep-both 0s --dry-run"))
                    .doesNotContain("write", "evict");
        }
    }

    /** What a policy would do, and does then. */
    private void byHand(Served served) throws IOException {
        served.ok("backup run data --to m1");
        learn(served);
        String policy = "tape migrate --disk data --after 0s --keep-both 0s";
        assertThat(served.ok(policy + " --dry-run").lines().toList()).hasSize(3).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith("write data@1: ");
            assertThat(lines.get(1)).startsWith("evict data@1: ");
            assertThat(lines.get(2)).contains("nothing was done");
        });
        assertThat(places(served)).isEqualTo(Map.of("data@1", "disk"));
        served.ok(policy);
        assertThat(places(served)).isEqualTo(Map.of("data@1", "tape"));
        assertThat(served.ok(policy + " --dry-run")).contains("there is nothing to do");
    }

    /** Changes the disk, past the platform, and runs a schedule to its end. */
    private void run(Served served, String schedule) throws IOException {
        change();
        served.ok("schedule run " + schedule + " --full");
        assertThat(STATE.matcher(served.ok("schedule info " + schedule + " --json"))
                        .results()
                        .map(found -> found.group(1)))
                .isNotEmpty()
                .allMatch("done"::equals);
        learn(served);
    }

    private void change() throws IOException {
        byte[] content = new byte[DISK_BYTES];
        random.nextBytes(content);
        Files.write(folder.resolve("disk"), content);
    }

    /** What was made last holds what the disk has now. */
    private void learn(Served served) throws IOException {
        String made = places(served).keySet().stream()
                .filter(id -> !contents.containsKey(id))
                .collect(Collectors.joining());
        contents.put(made, Files.readAllBytes(folder.resolve("disk")));
    }

    private static Map<String, String> places(Served served) throws IOException {
        Map<String, String> places = new TreeMap<>();
        Listing.of(served.ok("generation list data --json"))
                .forEach((id, fields) -> places.put(id, fields.get("where")));
        return places;
    }

    private void readAll(Served served) throws IOException {
        for (Map.Entry<String, byte[]> each : contents.entrySet()) {
            Path restored = folder.resolve("restored");
            served.ok("generation restore " + each.getKey() + " --to '" + restored + "'");
            assertThat(Arrays.equals(Files.readAllBytes(restored), each.getValue()))
                    .as(each.getKey())
                    .isTrue();
            Files.delete(restored);
        }
    }
}
