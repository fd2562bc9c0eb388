package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * I7: the limits of a center hold as they are measured on the lines to it: bytes per second, transfers at once, windows. Clients are
 * processes of their own, and some of them keep to nothing that they are told.
 */
class CenterLimitsIT {

    private static final long MEBIBYTE = 1 << 20;
    private static final long DEADLINE_SECONDS = 240;
    private static final int CLIENTS = 3;

    /** What buffers of sockets, of TLS and of the server hold for each transfer, which the center has not taken yet. */
    private static final long BUFFERED = 3 * MEBIBYTE;

    @TempDir
    Path folder;

    private final Random random = new Random(Long.getLong("hikae.seed", 7));
    private final Gauge gauge = new Gauge();
    private final List<Party> clients = new ArrayList<>();
    private Party center;
    private FlakyLine line;

    @AfterEach
    void end() throws IOException, InterruptedException {
        for (Party client : clients) {
            client.close();
        }
        if (center != null) {
            center.close();
        }
        if (line != null) {
            line.close();
        }
    }

    private void begin() throws Exception {
        center = new Party("center", folder);
        center.start();
        center.ok(center.clock().install());
        center.center();
        line = new FlakyLine(center.port(), gauge);
    }

    private Party client(String name, int megabytes) throws Exception {
        Party client = new Party(name, folder);
        clients.add(client);
        client.start();
        Path files = Files.createDirectory(client.folder().resolve("tree"));
        byte[] content = new byte[1_000_000];
        for (int i = 0; i < megabytes; i++) {
            random.nextBytes(content);
            Files.write(files.resolve("file" + i), content);
        }
        client.ok("client join https://127.0.0.1:" + line.port() + " --token " + center.invite(name, "")
                + "; client add docs '" + files + "'; client run docs");
        return client;
    }

    private boolean isComplete(String client) throws IOException {
        return center.ok("center requests --done --json")
                .replaceAll("\\s", "")
                .matches(".*\"client\":\"" + client + "\"[^}]*(\\{[^}]*})?[^}]*\"state\":\"done\".*");
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .pollInterval(Duration.ofMillis(200))
                .atMost(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .until(condition);
    }

    @Test
    void i7_ratesAndTransfersAtOnceHoldHoweverManySend() throws Exception {
        begin();
        long rate = 2 * MEBIBYTE;
        int transfers = 2;
        center.ok("center conditions --rate 2MiB/s --transfers " + transfers
                + "; center conditions --client c0 --rate 512KiB/s");
        for (int i = 0; i < CLIENTS; i++) {
            client("c" + i, 6);
        }
        for (int i = 0; i < CLIENTS; i++) {
            String name = "c" + i;
            await(name + " is collected", () -> isComplete(name));
        }
        assertThat(gauge.bytes()).isGreaterThan(CLIENTS * 6_000_000L);
        assertThat(gauge.most()).isBetween(1, transfers);
        assertThat(gauge.excess(rate)).isLessThan(transfers * BUFFERED);
        for (Party client : clients) {
            String name = client.name();
            assertThat(center.ok("center files --client " + name + " --json")).contains("file5");
        }
        center.ok("center verify");
    }

    @Test
    void i7_nothingIsTakenOutsideTheWindow() throws Exception {
        begin();
        // Its day is one on which the window has another ten seconds to go.
        center.ok("center conditions --zone UTC --window 02:00-03:00 --rate 1MiB/s --transfers 4");
        Instant at = Instant.now();
        Instant ends = at.atZone(ZoneOffset.UTC).toLocalDate().atTime(3, 0).toInstant(ZoneOffset.UTC);
        center.clock().shift(Duration.between(at, ends).plusHours(6));
        client("c0", 30);
        await("it is announced", () -> center.ok("center plan").contains("c0"));
        assertThat(gauge.bytes()).as("before the window").isLessThan(MEBIBYTE);

        Duration shift = Duration.between(Instant.now(), ends.minusSeconds(10));
        center.clock().shift(shift);
        long nanos = System.nanoTime();
        long closed = nanos + Duration.between(Instant.now().plus(shift), ends).toNanos();
        await("something is taken in the window", () -> gauge.bytes() > MEBIBYTE);
        await("it is closed", () -> System.nanoTime() - closed > 0);
        await("it is paused", () -> center.ok("center history --json").contains("paused"));
        long paused = System.nanoTime();
        assertThat(isComplete("c0")).isFalse();
        assertThat(gauge.after(closed)).as("after the window").isLessThan(BUFFERED);
        long frames = gauge.bytes();
        center.ok("center status; center plan");
        await(
                "some seconds go by",
                () -> System.nanoTime() - paused > Duration.ofSeconds(5).toNanos());
        assertThat(gauge.bytes() - frames).as("while it is closed").isLessThan(100_000);

        center.ok("center conditions --window any --rate any");
        await("it goes on", () -> isComplete("c0"));
        // Nothing was sent twice but what was on its way.
        assertThat(gauge.bytes()).isLessThan(30_000_000L + 2 * BUFFERED);
        center.ok("center verify");
    }

    /** A member that sends although nobody has asked for it, more than was ordered, and faster. */
    @Test
    void i7_whoKeepsToNothingIsHeldToIt() throws Exception {
        begin();
        center.ok("center conditions --rate 1MiB/s --transfers 1");
        Door door = new Door(line.port());
        Door.Member first = door.join(center.invite("first", ""));
        Door.Member second = door.join(center.invite("second", ""));
        byte[] content = new byte[1 << 20];
        CraftedRun run = new CraftedRun(Door.BACKUP, 1, 0).begin("/x".getBytes(), 8L << 20);
        run.frame();
        for (long at = 0; at < 8; at++) {
            random.nextBytes(content);
            run.data(at << 20, content).frame();
        }
        byte[] frames = run.bytes();
        assertThat(first.order(Door.run("first", 1, 0, run.count(), frames.length)))
                .isPresent();
        // The second one has no order while the first one is sent.
        assertThat(second.put(Door.run("second", 1, 0, 1, 1).id(), 0, new byte[100])
                        .statusCode())
                .isEqualTo(409);
        long begin = System.nanoTime();
        assertThat(first.put(Door.run("first", 1, 0, 1, 1).id(), 0, frames).statusCode())
                .isIn(200, 400);
        long took = System.nanoTime() - begin;
        assertThat(took).isGreaterThan(TimeUnit.SECONDS.toNanos((frames.length - BUFFERED) / MEBIBYTE));
        assertThat(gauge.excess(MEBIBYTE)).isLessThan(2 * BUFFERED);
    }
}
