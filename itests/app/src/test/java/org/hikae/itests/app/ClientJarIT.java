package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client of file backup as a jar of its own (e.1, e.2, e.6, e.7), with a center of the whole platform. Real processes. */
class ClientJarIT {

    private static final long DEADLINE_SECONDS = 120;
    private static final long LARGEST = 15_000_000;

    @TempDir
    Path folder;

    private Path home(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    @Test
    void allOfItIsActiveAndNothingElseIsThere() throws Exception {
        Program client = Program.client(home("a client"));
        List<String> bundles = client.ok("-c", "felix:lb -s")
                .lines()
                .filter(line -> line.matches(" *\\d+\\|.*"))
                .toList();
        assertThat(bundles).hasSizeGreaterThan(20).allMatch(line -> line.contains("|Active "));
        assertThat(bundles).noneMatch(line -> line.matches(".*(h2database|jetty|hikae\\.tape|hikae\\.media|bcprov).*"));
        assertThat(client.ok("unit", "list")).doesNotContain("missing");
        assertThat(client.ok("status")).contains("no problems").doesNotContain("disks");
        assertThat(client.ok("help")).contains("client", "hikae-client.jar").doesNotContain("tape");
        assertThat(client.ok("client", "status")).contains("no center was joined");
        assertThat(client.run("disk", "list"))
                .isEqualTo(new Program.Result(2, "There is no command disk; there are client, job, status, unit\n"));
        Path log = client.home().resolve("log/hikae.log");
        assertThat(Files.exists(log) ? Files.readString(log) : "").doesNotContain("ERROR", "WARN");
    }

    /** It is downloaded to each machine. */
    @Test
    void itIsSmallAndHasLibrariesForLinuxAlone() throws IOException {
        Path jar = Path.of(System.getProperty("hikae.client.jar"));
        assertThat(Files.size(jar)).isLessThan(LARGEST);
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.stream().map(entry -> entry.getName()))
                    .contains("conf/platform.properties", "conf/logback.xml")
                    .noneMatch(name -> name.contains("/Windows/") || name.contains("org/jline/builtins"));
        }
    }

    private String free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    @Test
    void itHandsFilesToACenterAndGetsThemBack() throws Exception {
        Path files = home("files");
        byte[] content = new byte[3_000_000];
        new Random(Long.getLong("hikae.seed", 3)).nextBytes(content);
        Files.write(files.resolve("large"), content);
        Files.writeString(files.resolve("\u00e4 b"), "small", java.nio.charset.StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(files.resolve("\u00e4 b"), PosixFilePermissions.fromString("r-x------"));
        Path place = home("center");
        String address = free();
        try (Served center = Served.start(Program.in(place));
                Served client = Served.start(Program.client(home("client")))) {
            center.ok("medium add m directory '" + place.resolve("medium") + "'; center start --listen " + address
                    + " --to m");
            String invited = center.ok("center invite alice").strip();
            client.ok("client join https://" + address + " --token " + invited.substring(invited.lastIndexOf('\n') + 1)
                    + "; client add docs '" + files + "'");
            client.ok("client run docs");
            center.ok("center collect --now");
            Awaitility.await("it is released")
                    .atMost(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .until(() -> client.ok("client list --json").contains("\"pending\": []"));
            assertThat(center.ok("center files --client alice --json")).contains("large");

            Path to = home("to");
            client.ok("client restore '" + files + "' --to '" + to + "'");
            Path back = to.resolve("files");
            assertThat(back.resolve("large")).hasBinaryContent(content);
            assertThat(back.resolve("\u00e4 b")).hasContent("small");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(back.resolve("\u00e4 b"))))
                    .isEqualTo("r-x------");
            assertThat(Files.getLastModifiedTime(back.resolve("large")))
                    .isEqualTo(Files.getLastModifiedTime(files.resolve("large")));
            assertThat(client.ok("job list")).contains("file-restore");
            client.stop();
        }
    }
}
