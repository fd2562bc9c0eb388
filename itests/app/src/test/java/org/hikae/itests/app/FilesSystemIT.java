package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * I6, e.8, e.9: two centers, a branch that hands on to both, two relays of which one hands on to the branch, and clients, as processes of
 * their own. They are killed at any moment, their lines are cut, slow, and lead nowhere, their clocks are set, their disks are full. In the
 * end all that was backed up is at each center that it is meant for, bit for bit, and comes back as it was.
 */
class FilesSystemIT {

    private static final boolean LONG = Boolean.getBoolean("hikae.long");
    private static final int TROUBLES = 20;
    private static final Duration LONG_TIME = Duration.ofMinutes(Long.getLong("hikae.minutes", 120));
    private static final int MEDIUM_MEBIBYTES = LONG ? 4096 : 512;
    private static final int BUFFER_MEBIBYTES = 96;
    private static final long LONGEST_PAUSE_MILLIS = 1500;
    private static final long DEADLINE_MINUTES = 15;
    private static final int TIMES = LONG ? 20 : 3;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("hikae.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<String, Party> parties = new TreeMap<>();
    private final List<FlakyLine> lines = new ArrayList<>();
    private final List<SmallDisk> disks = new ArrayList<>();
    private final Map<String, FilesCourse> courses = new TreeMap<>();
    private volatile boolean over;

    /** Which origins a center is to have in the end, and whose they are. */
    private static final Map<String, Map<String, String>> MEANT = Map.of(
            "a", Map.of("c1@r1", "c1", "c2@r2@x", "c2", "c3@x", "c3"),
            "b", Map.of("c2@r2@x", "c2", "c3@x", "c3"));

    @AfterEach
    void end() throws IOException, InterruptedException {
        over = true;
        for (Party party : parties.values()) {
            party.close();
        }
        for (FlakyLine line : lines) {
            line.close();
        }
        for (SmallDisk disk : disks) {
            disk.close();
        }
    }

    private Party party(String name) throws IOException, InterruptedException {
        Party party = new Party(name, folder);
        parties.put(name, party);
        return party;
    }

    private void disk(Path at, int mebibytes) throws IOException, InterruptedException {
        disks.add(new SmallDisk(at, mebibytes));
    }

    /** Starts a platform, with a clock that can be set. */
    private Party begin(String name) throws IOException, InterruptedException {
        Party party = party(name);
        if (name.startsWith("c")) {
            // So that there is a home already, of which that is a part.
            assertThat(Program.in(party.folder()).ok("client", "list")).isNotNull();
            disk(party.ownFiles(), BUFFER_MEBIBYTES);
        } else {
            disk(party.medium(), MEDIUM_MEBIBYTES);
        }
        party.start();
        if (isShifting(party)) {
            party.ok(party.clock().install());
        }
        return party;
    }

    /** The clock of one client goes right, so that times say what they say. */
    private static boolean isShifting(Party party) {
        return !party.name().equals("c3");
    }

    private FlakyLine line(String to) throws IOException {
        FlakyLine line = new FlakyLine(parties.get(to).port());
        lines.add(line);
        return line;
    }

    private void center(String name) throws IOException, InterruptedException {
        begin(name).center();
    }

    private void relay(String name, String... above) throws IOException, InterruptedException {
        Party relay = begin(name);
        List<String> addresses = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        for (String each : above) {
            addresses.add("https://127.0.0.1:" + line(each).port());
            tokens.add(parties.get(each).invite(name, ""));
        }
        relay.ok("medium add m directory '" + relay.medium() + "'; relay start --listen 127.0.0.1:" + relay.port()
                + " --upstream " + String.join(",", addresses) + " --token " + String.join(",", tokens) + " --to m");
    }

    private void client(String name, String above) throws IOException, InterruptedException {
        Party client = begin(name);
        FilesCourse course = new FilesCourse(client, new Random(random.nextLong()));
        courses.put(name, course);
        client.ok("client join https://127.0.0.1:" + line(above).port() + " --token "
                + parties.get(above).invite(name, "") + "; client buffer --limit 64MiB; client add docs '"
                + course.root() + "'");
    }

    @Test
    void i6_whateverHappensAllThatWasBackedUpIsAtAllCentersAndComesBack() throws Exception {
        System.out.println("seed " + seed);
        center("a");
        center("b");
        relay("r1", "a");
        relay("x", "a", "b");
        relay("r2", "x");
        client("c1", "r1");
        client("c2", "r2");
        client("c3", "x");
        // What it has sent stays until both centers have it, through two relays.
        parties.get("c2").ok("client edit docs --release end-to-end");
        for (FilesCourse course : courses.values()) {
            course.finish();
        }
        List<Party> shifting =
                parties.values().stream().filter(FilesSystemIT::isShifting).toList();
        FilesChaos chaos = new FilesChaos(random, List.copyOf(parties.values()), shifting, lines, disks);
        try {
            suffer(chaos);
            check();
        } catch (Exception | AssertionError e) {
            tell(chaos);
            throw e;
        }
    }

    /** Clients back up while all happens. */
    private void suffer(FilesChaos chaos) throws Exception {
        List<CompletableFuture<Void>> working = new ArrayList<>();
        for (FilesCourse course : courses.values()) {
            long own = random.nextLong();
            working.add(Kill.begin(() -> work(course, new Random(own))));
        }
        long end = System.nanoTime() + LONG_TIME.toNanos();
        for (int i = 0; LONG ? System.nanoTime() - end < 0 : i < TROUBLES; i++) {
            chaos.step();
            pause(random);
            working.stream().filter(CompletableFuture::isDone).forEach(CompletableFuture::join);
        }
        chaos.heal();
        over = true;
        working.forEach(CompletableFuture::join);
    }

    private void work(FilesCourse course, Random pace) throws IOException {
        try {
            while (!over) {
                course.step();
                pause(pace);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** So that things happen at different moments; nothing waits for it. */
    private static void pause(Random random) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextLong(LONGEST_PAUSE_MILLIS)));
    }

    private void check() throws Exception {
        for (FilesCourse course : courses.values()) {
            course.finish();
            System.out.println(course.counts());
        }
        for (var center : MEANT.entrySet()) {
            for (var origin : center.getValue().entrySet()) {
                Party at = parties.get(center.getKey());
                FilesCourse course = courses.get(origin.getValue());
                await(origin.getKey() + " is at " + center.getKey(), () -> course.isAt(at, origin.getKey()));
                course.check(at, origin.getKey());
            }
        }
        for (String relay : List.of("r1", "r2", "x")) {
            await(
                    relay + " has nothing left",
                    () -> !parties.get(relay).ok("center files --json").contains("\"run\""));
        }
        for (FilesCourse course : courses.values()) {
            Party client = course.client();
            await(
                    client.name() + " is rid of all",
                    () -> client.ok("client list --json").replaceAll("\\s", "").contains("\"pending\":[]"));
            course.checkRestores();
        }
        courses.get("c3").checkTimes(TIMES);
        for (String center : MEANT.keySet()) {
            parties.get(center).ok("center verify");
        }
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .pollInterval(Duration.ofMillis(300))
                .atMost(DEADLINE_MINUTES, TimeUnit.MINUTES)
                .until(condition);
    }

    /** What it was like, for whoever wants to know why. */
    private void tell(FilesChaos chaos) throws IOException {
        System.out.println("seed " + seed + ": " + chaos.log());
        for (Party party : parties.values()) {
            System.out.println("--- " + party.name() + "\n" + party.said() + party.log());
        }
        for (FilesCourse course : courses.values()) {
            System.out.println(
                    course.counts() + "\n" + course.client().run("client list").output());
        }
        for (Party party : parties.values()) {
            if (!party.name().startsWith("c")) {
                System.out.println("--- " + party.name() + "\n"
                        + party.run("center history --json; center requests; center status")
                                .output());
            }
        }
    }
}
