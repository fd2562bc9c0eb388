package org.hikae.itests.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * One of the platforms that files go through, killed and started again while others give it commands. What lies at its {@code medium} and
 * what it keeps of files can be on small disks. Thread-safe.
 */
final class Party implements AutoCloseable {

    private static final long DEADLINE_SECONDS = 180;
    private static final int MOST_LINES = 60;

    private final String name;
    private final Path folder;
    private final int port;
    private final PlatformClock clock;

    /** Null: it is down. Written under the lock of this. */
    private volatile Served served;

    Party(String name, Path parent) throws IOException {
        this.name = name;
        folder = Files.createDirectories(parent.resolve(name));
        clock = PlatformClock.in(folder);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    String name() {
        return name;
    }

    Path folder() {
        return folder;
    }

    /** Where it listens, if it is told to. */
    int port() {
        return port;
    }

    PlatformClock clock() {
        return clock;
    }

    Path medium() {
        return folder.resolve("medium");
    }

    Path ownFiles() {
        return folder.resolve("home").resolve("files");
    }

    synchronized void start() throws IOException {
        if (served == null) {
            served = Served.start(Program.in(folder));
        }
    }

    /** With -9. */
    synchronized void kill() throws InterruptedException {
        if (served != null) {
            served.close();
            served = null;
        }
    }

    /** As a service does. */
    synchronized void stop() throws IOException, InterruptedException {
        if (served != null) {
            served.stop();
            served = null;
        }
    }

    private Served up() {
        Served[] up = new Served[1];
        Awaitility.await(name + " comes back")
                .atMost(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .until(() -> (up[0] = served) != null);
        return up[0];
    }

    /** What comes of a script; {@link Served#KILLED} if it was killed meanwhile. */
    Program.Result run(String script) throws IOException {
        return up().run(script);
    }

    /** What a script prints, which goes well; asked again if it was killed meanwhile, so that the script changes nothing or can be repeated. */
    String ok(String script) throws IOException {
        while (true) {
            var output = up().unlessKilled(script);
            if (output.isPresent()) {
                return output.get();
            }
        }
    }

    String fails(String script) throws IOException {
        return up().fails(script);
    }

    /** What it has printed since its last start. */
    String said() throws IOException {
        Served now = served;
        return now == null ? "" : now.process().soFar();
    }

    /** The last lines of its log that are no mere news. */
    String log() throws IOException {
        Path log = folder.resolve("home").resolve("log").resolve("hikae.log");
        if (!Files.exists(log)) {
            return "";
        }
        List<String> wrong = Files.readAllLines(log).stream()
                .filter(line -> !line.contains(" INFO "))
                .toList();
        return String.join("\n", wrong.subList(Math.max(0, wrong.size() - MOST_LINES), wrong.size()));
    }

    /** Lets it be a center, reached at its own port. */
    void center() throws IOException {
        ok("medium add m directory '" + medium() + "'; center start --listen 127.0.0.1:" + port + " --to m");
    }

    /** A token for a member of it. */
    String invite(String member, String options) throws IOException {
        String output = ok("center invite " + member + " " + options).strip();
        return output.substring(output.lastIndexOf('\n') + 1);
    }

    /** Kills it. */
    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
