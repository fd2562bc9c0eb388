package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * c.3, I3, I9: whenever the platform is killed while it writes to tape, evicts, and makes generations on tape, all that was told to be
 * there is there and reads as ever, and cartridges are written on; and in the end the tapes alone bring everything back.
 */
class KilledTapeIT {

    private static final int KILLS = Boolean.getBoolean("hikae.long") ? 150 : 3;
    /** Writing a generation changes that many files, more or less. */
    private static final int LATEST_CHANGE = 40;

    private static final int LATEST_KILL_MILLIS = 700;
    private static final int STEPS = 4;
    private static final Pattern CARTRIDGE =
            Pattern.compile("(?s)\"pool\"\\s*:\\s*\"(\\w+)\",\\s*\"state\"\\s*:\\s*\"([\\w-]+)\"");

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private TapeCourse course;

    @Test
    void i3_killedAtAnyMomentTapesHoldWhatWasToldAndAreWrittenOn() throws Exception {
        System.out.println("seed " + seed);
        Program program = Program.in(folder);
        course = new TapeCourse(random, folder, folder.resolve("disk"));
        begin(program);
        for (int kill = 0; kill < KILLS; kill++) {
            String about = "kill " + kill + ", seed " + seed;
            try (Served served = Served.start(program)) {
                check(served, about);
                Kill.Moment moment = kill % 2 == 0
                        ? Kill.atChange(1 + random.nextInt(LATEST_CHANGE), watched(program))
                        : Kill.afterMillis(random.nextInt(LATEST_KILL_MILLIS));
                Kill.during(served, () -> course.run(served, STEPS), moment);
            }
        }
        System.out.println(course.cutOff() + " of " + KILLS + " came before the end");
        assertThat(course.cutOff()).as("kills before the end").isPositive();
        String listing = end(program);
        lose(program.home());
        lose(folder.resolve(TapeCourse.DISK_MEDIUM));
        rebuild(new Program(folder, folder.resolve("other")), listing);
    }

    private void begin(Program program) throws Exception {
        program.ok(
                "-c",
                "disk add data '" + folder.resolve("disk") + "'; medium add m1 directory '" + folder.resolve("m1")
                        + "'; " + addLibrary() + "; medium add vault tape lib/direct");
    }

    private String addLibrary() {
        return "tape library add lib virtual '" + folder.resolve("tapes") + "' --slots 6 --capacity 4GB";
    }

    private List<Path> watched(Program program) {
        return List.of(
                folder.resolve("tapes"), folder.resolve("m1"), program.home().resolve("tape"));
    }

    /** All that is listed is what must be there, and reads as it should. */
    private void check(Served served, String about) throws IOException {
        course.learn(Listing.of(served.ok("generation list data --json")), about);
        readAll(served, about);
        checkCartridges(served.ok("tape list --json"), about);
    }

    private void readAll(Served served, String about) throws IOException {
        Path restored = folder.resolve("restored");
        for (Map.Entry<String, byte[]> generation : course.contents().entrySet()) {
            served.ok("generation restore " + generation.getKey() + " --to '" + restored + "'");
            assertThat(Arrays.mismatch(Files.readAllBytes(restored), generation.getValue()))
                    .as("where %s differs, %s", generation.getKey(), about)
                    .isEqualTo(-1);
            Files.delete(restored);
        }
    }

    /** A cartridge has room for all that is written to its pool: whoever begins another one has not written on. */
    private static void checkCartridges(String listing, String about) {
        Map<String, Integer> begun = new HashMap<>();
        for (MatchResult each :
                (Iterable<MatchResult>) CARTRIDGE.matcher(listing).results()::iterator) {
            assertThat(each.group(2)).as("%s: %s", about, listing).isIn("scratch", "appendable", "expired");
            begun.merge(each.group(1), each.group(2).equals("scratch") ? 0 : 1, Integer::sum);
        }
        assertThat(begun.values()).as("%s: %s", about, listing).allMatch(count -> count <= 1);
    }

    /** Everything is on tape at last; returns what is listed then. */
    private String end(Program program) throws Exception {
        try (Served served = Served.start(program)) {
            String about = "the end, seed " + seed;
            check(served, about);
            if (course.contents().isEmpty()) {
                assertThat(course.backUp(served)).as(about).isTrue();
                check(served, about);
            }
            served.ok("tape write " + String.join(" ", course.contents().keySet()));
            for (String id : course.contents().keySet()) {
                served.ok("tape verify " + id);
            }
            String listing = served.ok("generation list --json");
            served.stop();
            return listing;
        }
    }

    private static void lose(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** I9: a new home, and nothing but the cartridges. */
    private void rebuild(Program program, String listing) throws Exception {
        String about = "rebuilt, seed " + seed;
        program.ok("-c", addLibrary());
        try (Served served = Served.start(program)) {
            assertThat(served.ok("generation list")).doesNotContain("data@");
            served.ok("catalog rebuild --from tape");
            String rebuilt = served.ok("generation list --json");
            assertThat(Listing.ofThemselves(rebuilt)).as(about).isEqualTo(Listing.ofThemselves(listing));
            readAll(served, about);
            checkCartridges(served.ok("tape list --json"), about);
            goOn(served, about);
        }
    }

    /** The new home makes generations of the same disk, and writes on. */
    private void goOn(Served served, String about) throws IOException {
        served.ok("disk add data '" + folder.resolve("disk") + "'; medium add new directory '" + folder.resolve("new")
                + "'");
        String made = Program.ids(served.ok("backup run data --to new --json; generation list data --json")).stream()
                .filter(id -> !course.contents().containsKey(id))
                .reduce((first, last) -> last)
                .orElseThrow();
        course.contents().put(made, Files.readAllBytes(folder.resolve("disk")));
        served.ok("tape write " + made + "; generation evict " + made);
        readAll(served, about);
        checkCartridges(served.ok("tape list --json"), about);
    }
}
