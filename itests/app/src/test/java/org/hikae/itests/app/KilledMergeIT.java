package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * a.10, I3, I5: whenever the platform is killed while it merges, moves, removes and makes generations, each command has done
 * all that it was to do or nothing; what is there reads as ever, and of what is not, nothing is left.
 */
class KilledMergeIT {

    private static final int KILLS = Boolean.getBoolean("hikae.long") ? 300 : 8;
    private static final int MIB = 1 << 20;
    private static final int DISK_BYTES = 8 * MIB + 512;
    /** A merge changes that many files, more or less. */
    private static final int LATEST_CHANGE = 25;

    private static final int LATEST_KILL_MILLIS = 500;
    private static final List<String> MEDIA = List.of("m1", "m2");

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ChainSteps steps = new ChainSteps(random, MEDIA);
    /** What each generation holds, whatever becomes of others. */
    private final Map<Integer, byte[]> contents = new TreeMap<>();

    private Path disk;
    /** What is on the disk. */
    private byte[] content;

    @Test
    void i5_killedAtAnyMomentGenerationsAreAsBeforeOrMerged() throws Exception {
        System.out.println("seed " + seed);
        Program program = Program.in(folder);
        List<Chain> possible = begin(program);
        int unfinished = 0;
        int untidy = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            String about = "kill " + kill + ", seed " + seed;
            try (Served served = Served.start(program)) {
                Chain chain = grow(served, check(served, possible, about), about);
                possible = killDuring(served, chain, kill);
            }
            unfinished += possible.size() > 1 ? 1 : 0;
            untidy += garbage().isEmpty() ? 0 : 1;
            if (kill % 4 == 3) {
                killAtStart(program);
            }
        }
        System.out.println(unfinished + " of " + KILLS + " came before the end, " + untidy + " left garbage");
        assertThat(unfinished).as("kills before the end").isPositive();
        assertThat(untidy).as("kills that left garbage").isPositive();
        end(program, possible);
    }

    /** A disk, two media and a full generation. */
    private List<Chain> begin(Program program) throws Exception {
        disk = folder.resolve("disk");
        content = new byte[DISK_BYTES];
        random.nextBytes(content);
        Arrays.fill(content, 5 * MIB, 7 * MIB, (byte) 0);
        Files.write(disk, content);
        String layout = random.nextBoolean() ? "image" : "packed";
        program.ok(
                "-c",
                "disk add data '" + disk + "'; medium add m1 directory '" + path("m1") + "'; medium add m2 directory '"
                        + path("m2") + "'; backup run data --to m1 --layout " + layout);
        contents.put(1, content.clone());
        return List.of(new Chain(new TreeMap<>()).with(1, new Chain.Link("m1", 0)));
    }

    private Path path(String name) {
        return folder.resolve(name);
    }

    private List<MediumFolder> folders() {
        return MEDIA.stream().map(name -> new MediumFolder(path(name))).toList();
    }

    private List<String> garbage() throws IOException {
        List<String> garbage = new ArrayList<>();
        for (MediumFolder medium : folders()) {
            garbage.addAll(medium.garbage());
        }
        return garbage;
    }

    /** What there is may be there, and reads as it should. */
    private Chain check(Served served, List<Chain> possible, String about) throws IOException {
        Chain found = name(Chain.of(served.ok("generation list data --json")), possible);
        assertThat(possible).as(about).contains(found);
        contents.keySet().retainAll(found.numbers());
        for (Map.Entry<Integer, byte[]> generation : contents.entrySet()) {
            Path restored = path("restored");
            String id = Chain.id(generation.getKey());
            served.ok("generation restore " + id + " --to '" + restored + "'");
            assertThat(Arrays.mismatch(Files.readAllBytes(restored), generation.getValue()))
                    .as("where %s differs, %s", id, about)
                    .isEqualTo(-1);
            Files.delete(restored);
        }
        served.ok("generation verify --chain " + Chain.id(found.newest()));
        return found;
    }

    /** A generation whose backup could not tell its number has one now. */
    private Chain name(Chain found, List<Chain> possible) {
        byte[] untold = contents.remove(Chain.UNTOLD);
        int newest = found.newest();
        if (untold != null && !contents.containsKey(newest)) {
            contents.put(newest, untold);
            possible.replaceAll(chain -> chain.told(newest));
        }
        return found;
    }

    /** One backup more, and more if they are few; then nothing is left of what was killed. */
    private Chain grow(Served served, Chain chain, String about) throws IOException {
        Chain now = chain;
        do {
            String medium = steps.medium();
            served.ok(backUp(medium));
            int number = Chain.of(served.ok("generation list data --json")).newest();
            now = now.grown(number, medium);
            contents.put(number, content.clone());
        } while (now.numbers().size() < 3 + random.nextInt(3));
        for (MediumFolder medium : folders()) {
            medium.assertTidy(about);
        }
        return now;
    }

    /** Changes the disk, its model too, and backs it up. */
    private String backUp(String medium) throws IOException {
        byte[] changed = new byte[1 + random.nextInt(MIB)];
        if (random.nextInt(4) > 0) {
            random.nextBytes(changed);
        }
        int at = random.nextInt(DISK_BYTES - changed.length);
        System.arraycopy(changed, 0, content, at, changed.length);
        Path from = Files.write(path("changed"), changed);
        return "node write n1 data --at " + at + " --from '" + from + "'; backup run data --differential --to "
                + medium;
    }

    /** Returns what there may be after that. */
    private List<Chain> killDuring(Served served, Chain chain, int kill) throws Exception {
        List<ChainSteps.Step> course = new ArrayList<>(steps.next(chain, 2));
        Chain last = course.get(course.size() - 1).last();
        String medium = steps.medium();
        course.add(new ChainSteps.Step(backUp(medium), List.of(last.grown(Chain.UNTOLD, medium))));
        contents.put(Chain.UNTOLD, content.clone());
        AtomicInteger done = new AtomicInteger();
        Kill.Moment moment = kill % 2 == 0
                ? Kill.atChange(
                        1 + random.nextInt(LATEST_CHANGE),
                        MEDIA.stream().map(this::path).toList())
                : Kill.afterMillis(random.nextInt(LATEST_KILL_MILLIS));
        Kill.during(served, () -> carryOut(served, course, done), moment);
        content = Files.readAllBytes(disk);
        return possible(chain, course, done.get());
    }

    private static void carryOut(Served served, List<ChainSteps.Step> course, AtomicInteger done) throws IOException {
        for (ChainSteps.Step step : course) {
            if (served.unlessKilled(step.command()).isEmpty()) {
                return;
            }
            done.incrementAndGet();
        }
    }

    /** What a command has said to be done is; of the one that was under way, nothing, a part, or all. */
    private static List<Chain> possible(Chain chain, List<ChainSteps.Step> course, int done) {
        List<Chain> possible = new ArrayList<>();
        possible.add(done == 0 ? chain : course.get(done - 1).last());
        if (done < course.size()) {
            possible.addAll(course.get(done).after());
        }
        return possible;
    }

    /** What a kill has left undone is finished by the next platform, which may be killed at that. */
    private void killAtStart(Program program) throws Exception {
        try (Program.Running starting = program.start("generation", "list")) {
            starting.process().waitFor(400 + random.nextInt(800), TimeUnit.MILLISECONDS);
        }
    }

    /** All can be removed, and nothing is left. */
    private void end(Program program, List<Chain> possible) throws Exception {
        try (Served served = Served.start(program)) {
            List<Integer> numbers = check(served, possible, "seed " + seed).numbers();
            for (int i = numbers.size() - 1; i >= 0; i--) {
                served.ok("generation remove " + Chain.id(numbers.get(i)));
            }
        }
        for (MediumFolder medium : folders()) {
            assertThat(medium.files()).as("seed %d", seed).isEmpty();
        }
    }
}
