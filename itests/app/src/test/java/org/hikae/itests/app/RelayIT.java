package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * e.8, e.9: files go from a client through a relay to the centers above, bit for bit, and are deleted at the relay when all of these have
 * them; restores pass through it. Real processes, killed with -9 on the way.
 */
class RelayIT {

    private static final long DEADLINE_SECONDS = 120;
    private static final String LISTED = "\"run\"";

    @TempDir
    Path folder;

    private final Random random = new Random(Long.getLong("hikae.seed", 7));
    private final Map<String, Served> served = new TreeMap<>();
    private final Map<String, Integer> ports = new TreeMap<>();
    private Path files;

    @BeforeEach
    void makeFiles() throws IOException {
        files = Files.createDirectory(folder.resolve("files"));
        write("small", 10);
        write("large", 5_000_000);
        write("empty", 0);
        Files.createDirectories(files.resolve("in/\u00fcber 'it'"));
        write("in/\u00fcber 'it'/deep", 100_000);
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Served each : served.values()) {
            each.close();
        }
    }

    private void write(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        Files.write(files.resolve(name), content);
    }

    private Served at(String name) {
        return served.get(name);
    }

    private void serve(String name) throws IOException {
        Path own = folder.resolve(name);
        Files.createDirectories(own);
        served.put(name, Served.start(Program.in(own)));
    }

    private void kill(String name) throws InterruptedException {
        served.remove(name).close();
    }

    private String address(String name) throws IOException {
        Integer port = ports.get(name);
        if (port == null) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            ports.put(name, port);
        }
        return "127.0.0.1:" + port;
    }

    private String medium(String name) {
        return "medium add m directory '" + folder.resolve(name).resolve("medium") + "'";
    }

    private void center(String name) throws IOException {
        serve(name);
        at(name).ok(medium(name) + "; center start --listen " + address(name) + " --to m");
    }

    private String invite(String center, String member) throws IOException {
        String output = at(center).ok("center invite " + member).strip();
        return output.substring(output.lastIndexOf('\n') + 1);
    }

    private void client(String center) throws IOException {
        serve("client");
        String token = invite(center, "alice");
        at("client")
                .ok("client join https://" + address(center) + " --token " + token + "; client add docs '" + files
                        + "'");
    }

    private void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(DEADLINE_SECONDS, TimeUnit.SECONDS).until(condition);
    }

    private boolean has(String center, String origin, String path) throws IOException {
        String listed = at(center)
                .ok("center files --client " + origin + " --path '" + path.replace("'", "'\\''") + "' --json");
        return listed.contains(LISTED);
    }

    private boolean isEmpty(String relay) throws IOException {
        return !at(relay).ok("center files --json").contains(LISTED);
    }

    private void assertComesBack(String name) throws IOException {
        Path to = Files.createDirectory(folder.resolve(name));
        at("client").ok("client restore '" + files + "' --to '" + to + "'");
        assertThat(tree(to.resolve("files"))).isEqualTo(tree(files));
    }

    /** Names, permissions, times and contents. */
    private static Map<String, String> tree(Path top) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (var all = Files.walk(top)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                String content = Files.isRegularFile(each)
                        ? Arrays.hashCode(Files.readAllBytes(each)) + " of " + Files.size(each)
                        : "";
                tree.put(
                        top.relativize(each).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(each)) + " "
                                + Files.getLastModifiedTime(each) + " " + content);
            }
        }
        return tree;
    }

    @Test
    void aFileGoesThroughARelayIsDeletedThereAndComesBackThroughIt() throws Exception {
        center("center");
        serve("relay");
        at("relay")
                .ok(medium("relay") + "; relay start --listen " + address("relay") + " --upstream https://"
                        + address("center") + " --token " + invite("center", "r1") + " --to m");
        client("relay");
        at("client").ok("client run docs");
        await(
                "it arrives",
                () -> has("center", "alice@r1", files.resolve("large").toString()));
        await("it is deleted at the relay", () -> isEmpty("relay"));
        assertComesBack("first");

        // Both that stand on the way are killed; what is new goes on by itself.
        kill("relay");
        Files.setPosixFilePermissions(files.resolve("large"), PosixFilePermissions.fromString("r--------"));
        write("new", 2_000_000);
        Files.delete(files.resolve("small"));
        at("client").ok("client run docs");
        kill("center");
        serve("relay");
        await(
                "the relay has it",
                () -> has("relay", "alice", files.resolve("new").toString()));
        assertComesBackOnlyWithAll();
        serve("center");
        await("it arrives", () -> has("center", "alice@r1", files.resolve("new").toString()));
        await("it is deleted at the relay", () -> isEmpty("relay"));
        assertComesBack("second");
        assertThat(at("relay").ok("relay status --json"))
                .contains("\"waiting\": 0")
                .contains("\"problem\": null");
    }

    /** What is above cannot be asked: that is said, rather than to give a part. */
    private void assertComesBackOnlyWithAll() throws IOException {
        Path to = Files.createDirectory(folder.resolve("part"));
        assertThat(at("client").fails("client restore '" + files + "' --to '" + to + "'"))
                .isNotEmpty();
    }

    @Test
    void aBranchDeletesWhenAllCentersHaveItAndWaitsForNone() throws Exception {
        center("a");
        center("b");
        serve("branch");
        at("branch")
                .ok(medium("branch") + "; relay start --listen " + address("branch") + " --upstream https://"
                        + address("a") + ",https://" + address("b") + " --token " + invite("a", "r1") + ","
                        + invite("b", "r2") + " --to m");
        client("branch");
        kill("b");
        at("client").ok("client run docs");
        String large = files.resolve("large").toString();
        await("it arrives at one", () -> has("a", "alice@r1", large));
        assertThat(has("branch", "alice", large)).isTrue();
        kill("branch");
        serve("branch");
        assertThat(has("branch", "alice", large)).isTrue();
        serve("b");
        await("it arrives at the other", () -> has("b", "alice@r2", large));
        await("it is deleted at the branch", () -> isEmpty("branch"));
        kill("a");
        assertComesBack("from b");
    }

    private boolean isInBuffer() throws IOException {
        return !at("client").ok("client list --json").replaceAll("\\s", "").contains("\"pending\":[]");
    }

    private boolean isAwaited() throws IOException {
        return at("client").ok("client list --json").replaceAll("\\s", "").contains("\"awaited\":[{");
    }

    /** R23: the relay has it, and may be lost; what is in the buffer goes when the center has it. */
    @Test
    void aClientThatWantsTheCentersReceiptKeepsARunUntilTheRelayPassesItDown() throws Exception {
        center("center");
        serve("relay");
        at("relay")
                .ok(medium("relay") + "; relay start --listen " + address("relay") + " --upstream https://"
                        + address("center") + " --token " + invite("center", "r1") + " --to m");
        client("relay");
        at("client").ok("client edit docs --release end-to-end");
        kill("center");
        String large = files.resolve("large").toString();
        at("client").ok("client run docs");
        await("the relay has it", () -> has("relay", "alice", large));
        await("its receipt is here", this::isAwaited);
        kill("relay");
        kill("client");
        serve("client");
        serve("relay");
        assertThat(isAwaited()).isTrue();
        assertThat(isInBuffer()).isTrue();

        serve("center");
        await("it arrives", () -> has("center", "alice@r1", large));
        await("it is deleted in the buffer", () -> !isInBuffer());
        await("it is deleted at the relay", () -> isEmpty("relay"));
        assertComesBack("back");
    }

    @Test
    void aClientThatWantsTheCentersReceiptsWaitsForEachOfABranch() throws Exception {
        center("a");
        center("b");
        serve("branch");
        at("branch")
                .ok(medium("branch") + "; relay start --listen " + address("branch") + " --upstream https://"
                        + address("a") + ",https://" + address("b") + " --token " + invite("a", "r1") + ","
                        + invite("b", "r2") + " --to m");
        client("branch");
        at("client").ok("client edit docs --release end-to-end");
        kill("b");
        at("client").ok("client run docs");
        String large = files.resolve("large").toString();
        await("it arrives at one", () -> has("a", "alice@r1", large));
        await("that one's receipt is here", () -> at("client")
                .ok("client list --json")
                .replaceAll("\\s", "")
                .contains("\"centers\":[\""));
        assertThat(isInBuffer()).isTrue();
        kill("branch");
        serve("branch");
        serve("b");
        await("it arrives at the other", () -> has("b", "alice@r2", large));
        await("it is deleted in the buffer", () -> !isInBuffer());
    }

    @Test
    void aLoopIsNoticed() throws Exception {
        center("a");
        serve("b");
        at("b").ok(medium("b") + "; relay start --listen " + address("b") + " --upstream https://" + address("a")
                + " --token " + invite("a", "b") + " --to m");
        await("it has announced itself", () -> !at("a").ok("center clients --json").contains("\"heard\": null"));
        // Else its announcement, with nothing in it, is answered when that has waited for as long as it may.
        at("a").ok("center collect --now");
        await("it is heard of", () -> !at("b").ok("relay status --json").contains("\"heard\": null"));
        String token = invite("b", "a");
        assertThat(at("a").fails("relay start --upstream https://" + address("b") + " --token " + token))
                .contains("loop");
        assertThat(at("a").ok("relay status --json")).contains("\"running\": false");
    }
}
