package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * c.1, R21: a generation takes a disk's place, guests write and flush, blocks are brought back, and the platform is killed at
 * any moment of it. What was flushed is there, what was not is old or new, block by block, and all else is the generation.
 */
class KilledInPlaceIT {

    private static final boolean LONG = Boolean.getBoolean("hikae.long");
    private static final int KILLS = LONG ? 200 : 5;
    private static final int KILLED_MOUNTS = LONG ? 60 : 2;
    private static final int MIB = 1 << 20;
    private static final int DISK_BYTES = 16 * MIB + 512;
    private static final int LATEST_KILL_MILLIS = 500;
    /** A mount changes that many files of the home, more or less. */
    private static final int LATEST_CHANGE = 25;

    private static final Pattern STANDS_IN = Pattern.compile("\"inPlace\"\\s*:\\s*\\{");
    private static final Pattern MADE = Pattern.compile("generation\\s+(data@\\d+)");

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);
    /** What each generation holds. */
    private final Map<String, byte[]> contents = new TreeMap<>();

    private Program program;
    private Path disk;
    /** The generation that has taken the disk's place last; null until there is one. */
    private String mounted;
    /** Whether all of it is brought back without a further word. */
    private boolean restores;
    /** What the disk may hold since then; null once that was compared with its file. */
    private GuestWrites guest;

    /** Two generations, and a disk that is unlike each in every block. */
    @BeforeEach
    void makeDisk() throws Exception {
        System.out.println("seed " + seed);
        program = Program.in(folder);
        byte[] content = bytes(DISK_BYTES);
        Arrays.fill(content, 3 * MIB, 5 * MIB, (byte) 0);
        disk = Files.write(folder.resolve("disk"), content);
        contents.put("data@1", content.clone());
        byte[] changed = bytes(3 * MIB);
        System.arraycopy(changed, 0, content, 7 * MIB - 100, changed.length);
        contents.put("data@2", content);
        Files.write(folder.resolve("changed"), changed);
        Files.write(folder.resolve("other"), bytes(DISK_BYTES));
        program.ok(
                "-c",
                "disk add data '" + disk + "'; medium add vault directory '" + folder.resolve("vault")
                        + "'; backup run data --to vault; " + write(7 * MIB - 100, "changed") + "; " + backUp() + "; "
                        + write(0, "other"));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String write(int at, String from) {
        return "node write n1 data --at " + at + " --from '" + folder.resolve(from) + "'";
    }

    private static String backUp() {
        return "backup run data --to vault --differential";
    }

    private static boolean standsIn(Served served) throws IOException {
        return STANDS_IN.matcher(served.ok("disk info data --json")).find();
    }

    private byte[] read(Served served) throws IOException {
        Path read = folder.resolve("read");
        served.ok("node read n1 data --at 0 --length " + DISK_BYTES + " --to '" + read + "'");
        return Files.readAllBytes(read);
    }

    private static void assertSame(byte[] found, byte[] expected, String about) {
        assertThat(Arrays.mismatch(found, expected))
                .as("where %s differs", about)
                .isEqualTo(-1);
    }

    @Test
    void r21_killedWhileBlocksAreBroughtBackNothingThatWasFlushedIsLost() throws Exception {
        int unfinished = 0;
        int whole = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            String about = "kill " + kill + ", seed " + seed;
            try (Served served = Served.start(program)) {
                unfinished += settle(served, about) ? 1 : 0;
                whole += kill % 3 == 2 && isWhole(served, about) ? 1 : 0;
                if (!standsIn(served)) {
                    mount(served);
                }
                writeUntilKilled(served);
            }
        }
        System.out.println(unfinished + " of " + KILLS + " kills came before the end, " + whole + " disks were whole");
        assertThat(unfinished).as("kills while the generation stood in").isPositive();
        try (Served served = Served.start(program)) {
            settle(served, "seed " + seed);
            assertThat(isWhole(served, "seed " + seed)).isTrue();
            assertGenerations(served);
        }
    }

    /**
     * After a kill, nothing is lost but what may be. Where blocks are to be brought back, that has begun by itself.
     *
     * @return whether the generation still stands in
     */
    private boolean settle(Served served, String about) throws IOException {
        boolean standsIn = standsIn(served);
        if (guest != null) {
            guest.settle(read(served), about);
        }
        return standsIn;
    }

    /** A generation takes the disk's place; what it has is brought back, or begun to be, or stays on the medium. */
    private void mount(Served served) throws IOException {
        mounted = contents.keySet().stream()
                .skip(random.nextInt(contents.size()))
                .findFirst()
                .orElseThrow();
        String mount = "generation mount " + mounted + " --in-place --force";
        restores = random.nextInt(3) == 0;
        if (restores) {
            String job = served.ok(mount + " --detach");
            // It may have ended already.
            served.run("job pause " + job.strip());
        } else {
            served.ok(mount + " --no-restore");
        }
        guest = new GuestWrites(contents.get(mounted));
    }

    /** Brings all blocks back; then the file alone is the disk, and a differential backup of it is exact. */
    private boolean isWhole(Served served, String about) throws IOException {
        if (guest == null) {
            return false;
        }
        bringBack(served);
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> !standsIn(served));
        served.ok("node flush n1");
        assertSame(Files.readAllBytes(disk), guest.content(), "the file, " + about);
        String made = backUp(served);
        assertThat(made).as(about).containsPattern("kind\\s+differential").doesNotContain("tracking");
        assertRestored(served, generation(made), guest.content(), about);
        guest = null;
        return true;
    }

    /**
     * Begins it, unless it goes on by itself. If that was begun in time for the kill before, but not told, it may have ended
     * by now; then the command fails, and nothing depends on it.
     */
    private void bringBack(Served served) throws IOException {
        if (!restores) {
            restores = served.run("generation mount " + mounted + " --in-place --detach")
                            .code()
                    == 0;
        }
    }

    private String backUp(Served served) throws IOException {
        String made = served.ok(backUp());
        contents.put(generation(made), guest.content());
        return made;
    }

    private static String generation(String made) {
        Matcher generation = MADE.matcher(made);
        assertThat(generation.find()).as(made).isTrue();
        return generation.group(1);
    }

    private void assertRestored(Served served, String id, byte[] content, String about) throws IOException {
        Path restored = folder.resolve("restored");
        served.ok("generation restore " + id + " --to '" + restored + "' --overwrite");
        assertSame(Files.readAllBytes(restored), content, id + ", " + about);
    }

    private void assertGenerations(Served served) throws IOException {
        for (Map.Entry<String, byte[]> generation : contents.entrySet()) {
            assertRestored(served, generation.getKey(), generation.getValue(), "seed " + seed);
        }
    }

    private void writeUntilKilled(Served served) throws Exception {
        boolean meanwhile = random.nextBoolean();
        Kill.Doing writing = () -> {
            boolean answers = writeSome(served);
            CompletableFuture<Void> begun = Kill.begin(() -> {
                if (meanwhile) {
                    bringBack(served);
                }
            });
            while (answers) {
                answers = writeSome(served);
            }
            begun.join();
        };
        Kill.during(served, writing, Kill.afterMillis(random.nextInt(LATEST_KILL_MILLIS)));
    }

    /**
     * Writes a few times, reads what the disk holds then, flushes, and sometimes backs up.
     *
     * @return false once the platform has not answered
     */
    private boolean writeSome(Served served) throws IOException {
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            byte[] bytes = random.nextInt(4) == 0 ? new byte[MIB + 5000] : bytes(1 + random.nextInt(MIB));
            int at = random.nextInt(DISK_BYTES - bytes.length);
            Files.write(folder.resolve("bytes"), bytes);
            guest.write(at, bytes);
            if (!answers(served, write(at, "bytes"))) {
                return false;
            }
        }
        if (!readsWhatIsThere(served) || !answers(served, "node flush n1")) {
            return false;
        }
        guest.flushed();
        if (random.nextInt(4) > 0) {
            return true;
        }
        Optional<String> made = served.unlessKilled(backUp());
        made.ifPresent(output -> contents.put(generation(output), guest.content()));
        return made.isPresent();
    }

    private static boolean answers(Served served, String script) throws IOException {
        return served.unlessKilled(script).isPresent();
    }

    private boolean readsWhatIsThere(Served served) throws IOException {
        int length = 1 + random.nextInt(2 * MIB);
        int at = random.nextInt(DISK_BYTES - length);
        Path read = folder.resolve("read");
        boolean answers =
                answers(served, "node read n1 data --at " + at + " --length " + length + " --to '" + read + "'");
        if (answers) {
            byte[] expected = Arrays.copyOfRange(guest.content(), at, at + length);
            assertSame(Files.readAllBytes(read), expected, "what a guest reads at " + at + ", seed " + seed);
        }
        return answers;
    }

    @Test
    void r21_killedAroundTheMountItIsTheOldDiskOrTheGeneration() throws Exception {
        byte[] old = Files.readAllBytes(disk);
        int mounts = 0;
        for (int kill = 0; kill < KILLED_MOUNTS; kill++) {
            String about = "kill " + kill + ", seed " + seed;
            try (Served served = Served.start(program)) {
                killAround(served, "generation mount data@2 --in-place --no-restore --force");
            }
            assertSame(Files.readAllBytes(disk), old, "the file, " + about);
            if (killAroundUndo(old, about)) {
                mounts++;
                undo(old, about);
            }
        }
        System.out.println(mounts + " of " + KILLED_MOUNTS + " mounts lived");
    }

    private void killAround(Served served, String command) throws Exception {
        Kill.Moment moment = Kill.atChange(1 + random.nextInt(LATEST_CHANGE), List.of(program.home()));
        Kill.during(served, () -> answers(served, command), moment);
    }

    /**
     * Where the generation stands in, all of it is read, not by guests, and that can be undone.
     *
     * @return whether it stood in
     */
    private boolean killAroundUndo(byte[] old, String about) throws Exception {
        try (Served served = Served.start(program)) {
            if (standsIn(served)) {
                String made = served.ok("backup run data --to vault");
                assertRestored(served, generation(made), contents.get("data@2"), about);
                killAround(served, "generation unmount data@2 --in-place");
                return true;
            }
            assertSame(read(served), old, "the old disk, " + about);
            return false;
        }
    }

    private void undo(byte[] old, String about) throws Exception {
        try (Served served = Served.start(program)) {
            if (standsIn(served)) {
                served.ok("generation unmount data@2 --in-place");
            }
            assertSame(read(served), old, "the old disk, " + about);
            assertSame(Files.readAllBytes(disk), old, "the file, " + about);
            String made = served.ok(backUp());
            assertThat(made).as(about).containsPattern("kind\\s+full");
            assertRestored(served, generation(made), old, about);
        }
    }
}
