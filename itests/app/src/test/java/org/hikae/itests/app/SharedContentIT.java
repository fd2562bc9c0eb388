package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R22: a large file that two clients have lies on the center's medium once, and each has its own all the same. Real processes. */
class SharedContentIT {

    private static final long DEADLINE_SECONDS = 180;
    private static final int LARGE = 20_000_000;

    @TempDir
    Path folder;

    private Party center;
    private List<Party> clients;

    @BeforeEach
    void start() throws IOException {
        center = new Party("center", folder);
        clients = List.of(new Party("alice", folder), new Party("bob", folder));
        center.start();
        center.center();
        byte[] large = new byte[LARGE];
        new Random(Long.getLong("hikae.seed", 7)).nextBytes(large);
        for (Party each : clients) {
            each.start();
            Files.createDirectory(files(each));
            Files.writeString(
                    files(each).resolve("a " + each.name()), each.name().repeat(10_000));
            Files.write(files(each).resolve("large of " + each.name()), large);
            each.ok("client join https://127.0.0.1:" + center.port() + " --token " + center.invite(each.name(), "")
                    + "; client add docs '" + files(each) + "'");
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Party each : clients) {
            each.close();
        }
        center.close();
    }

    private static Path files(Party client) {
        return client.folder().resolve("files");
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(DEADLINE_SECONDS, TimeUnit.SECONDS).until(condition);
    }

    private void send(Party client) throws IOException {
        client.ok("client run docs");
        await(
                "it arrives",
                () -> client.ok("client list --json").replaceAll("\\s", "").contains("\"pending\":[]"));
    }

    /** Bytes on the center's medium. @param part of the names of objects */
    private long stored(String part) throws IOException {
        try (var all = Files.walk(center.medium())) {
            return all.filter(Files::isRegularFile)
                    .filter(each -> each.toString().contains(part))
                    .mapToLong(each -> each.toFile().length())
                    .sum();
        }
    }

    private void assertComesBack(Party client, String name) throws IOException {
        Path to = Files.createDirectory(client.folder().resolve(name));
        client.ok("client restore '" + files(client) + "' --to '" + to + "'");
        for (String each : List.of("a " + client.name(), "large of " + client.name())) {
            assertThat(to.resolve("files").resolve(each))
                    .hasSameBinaryContentAs(files(client).resolve(each));
        }
    }

    @Test
    void whatTwoClientsHaveLiesThereOnce() throws Exception {
        for (Party each : clients) {
            send(each);
        }
        await("it lies there once", () -> stored("") < LARGE + LARGE / 10);
        await("the job has ended", () -> center.ok("job list").matches("(?s).*share +files +done.*"));
        assertThat(center.ok("center status --json")).doesNotContain("\"savedBytes\": 0,");
        for (Party each : clients) {
            assertComesBack(each, "first");
        }
        center.ok("center verify");

        center.ok("catalog rebuild");
        for (Party each : clients) {
            assertComesBack(each, "after the rebuild");
        }

        Party alice = clients.get(0);
        Party bob = clients.get(1);
        Files.delete(files(alice).resolve("large of alice"));
        center.ok("center keep --client alice last=1");
        send(alice);
        center.ok("center keep --client alice last=1");
        await("what alice had is dropped", () -> !center.ok("center files --client alice --json")
                .contains("large of alice"));
        assertComesBack(bob, "when the other has none any more");
        center.kill();
        center.start();
        await("it listens", () -> center.ok("center status --json").contains("\"running\": true"));
        assertComesBack(bob, "after a kill");
        center.ok("center verify");
    }
}
