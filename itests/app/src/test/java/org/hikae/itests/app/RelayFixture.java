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
import org.junit.jupiter.api.io.TempDir;

/** Platforms that files go through, by name, with ports that stay when they are killed and started again. */
abstract class RelayFixture {

    private static final long DEADLINE_SECONDS = 120;
    private static final String LISTED = "\"run\"";

    @TempDir
    Path folder;

    private final Random random = new Random(Long.getLong("hikae.seed", 7));
    private final Map<String, Served> served = new TreeMap<>();
    private final Map<String, Integer> ports = new TreeMap<>();
    Path files;

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

    void write(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        Files.write(files.resolve(name), content);
    }

    Served at(String name) {
        return served.get(name);
    }

    void serve(String name) throws IOException {
        Path own = folder.resolve(name);
        Files.createDirectories(own);
        served.put(name, Served.start(Program.in(own)));
    }

    void kill(String name) throws InterruptedException {
        served.remove(name).close();
    }

    String address(String name) throws IOException {
        Integer port = ports.get(name);
        if (port == null) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            ports.put(name, port);
        }
        return "127.0.0.1:" + port;
    }

    String medium(String name) {
        return "medium add m directory '" + folder.resolve(name).resolve("medium") + "'";
    }

    void center(String name) throws IOException {
        serve(name);
        at(name).ok(medium(name) + "; center start --listen " + address(name) + " --to m");
    }

    String invite(String center, String member) throws IOException {
        String output = at(center).ok("center invite " + member).strip();
        return output.substring(output.lastIndexOf('\n') + 1);
    }

    void client(String center) throws IOException {
        serve("client");
        String token = invite(center, "alice");
        at("client")
                .ok("client join https://" + address(center) + " --token " + token + "; client add docs '" + files
                        + "'");
    }

    void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(DEADLINE_SECONDS, TimeUnit.SECONDS).until(condition);
    }

    boolean has(String center, String origin, String path) throws IOException {
        String listed = at(center)
                .ok("center files --client " + origin + " --path '" + path.replace("'", "'\\''") + "' --json");
        return listed.contains(LISTED);
    }

    boolean isEmpty(String relay) throws IOException {
        return !at(relay).ok("center files --json").contains(LISTED);
    }

    void assertComesBack(String name) throws IOException {
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
}
