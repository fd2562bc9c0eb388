package org.hikae.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.itests.karaf.Program.Answer;

/**
 * An Apache Karaf as it is published, in a folder and on ports of its own. It reaches no repository of Maven's: what an
 * archive does not carry is missing.
 */
final class Karaf implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(120);
    private static final int LOG_LINES = 200;

    private final Path folder;
    private final Path home;
    private final int port;
    private final Thread killer;
    private Process process;

    /** Returns once commands are carried out. */
    static Karaf start(Path folder) throws IOException {
        Karaf karaf = new Karaf(folder);
        try {
            karaf.awaitCommand("kar:list");
            return karaf;
        } catch (RuntimeException | Error e) {
            karaf.printLog();
            karaf.close();
            throw e;
        }
    }

    private Karaf(Path folder) throws IOException {
        this.folder = folder;
        home = folder.resolve("karaf");
        copy(Path.of(System.getProperty("karaf.folder")), home);
        port = configure();
        process = server();
        // The build may be cut off.
        killer = new Thread(() -> Program.kill(process));
        Runtime.getRuntime().addShutdownHook(killer);
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> paths = Files.walk(source)) {
            for (Path path : paths.toList()) {
                Files.copy(path, target.resolve(source.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Returns the port of the shell. */
    private int configure() throws IOException {
        try (ServerSocket shell = free();
                ServerSocket registry = free();
                ServerSocket management = free()) {
            replace("org.apache.karaf.shell.cfg", "sshPort = 8101", "sshPort = " + shell.getLocalPort());
            replace("org.apache.karaf.shell.cfg", "sshHost = 0.0.0.0", "sshHost = 127.0.0.1");
            String jmx = "org.apache.karaf.management.cfg";
            replace(jmx, "rmiRegistryPort = 1099", "rmiRegistryPort = " + registry.getLocalPort());
            replace(jmx, "rmiServerPort = 44444", "rmiServerPort = " + management.getLocalPort());
            replace("users.properties", "#karaf = ", "karaf = ");
            replace("users.properties", "#_g_\\:admingroup = ", "_g_\\:admingroup = ");
            String maven = "org.ops4j.pax.url.mvn.cfg";
            replace(maven, "org.ops4j.pax.url.mvn.repositories= \\", "org.ops4j.pax.url.mvn.repositories=\nnone=\\");
            String local = "org.ops4j.pax.url.mvn.localRepository=";
            replace(maven, "#" + local, local + folder.resolve("maven"));
            return shell.getLocalPort();
        }
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private void replace(String file, String old, String replacement) throws IOException {
        Path path = home.resolve("etc").resolve(file);
        String content = Files.readString(path, StandardCharsets.ISO_8859_1);
        assertThat(content).contains(old);
        Files.writeString(path, content.replace(old, replacement), StandardCharsets.ISO_8859_1);
    }

    private Process server() throws IOException {
        return builder("karaf", "server")
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("console").toFile()))
                .start();
    }

    private ProcessBuilder builder(String program, String argument) {
        ProcessBuilder builder =
                new ProcessBuilder(home.resolve("bin").resolve(program).toString(), argument);
        builder.environment().keySet().removeIf(name -> name.startsWith("KARAF_") || name.endsWith("JAVA_OPTS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    /** Ends it as power failures do, and starts it again; returns once it carries the command out. */
    void restart(String command) throws IOException {
        Program.kill(process);
        process = server();
        awaitCommand(command);
    }

    /** Carries commands out in a session of their own, up to the first that fails. */
    Answer client(String... commands) throws IOException, InterruptedException {
        return Program.run(builder("client", "-b"), folder, commands);
    }

    void awaitCommand(String command) {
        await(command)
                .atMost(DEADLINE)
                .until(() -> process.isAlive() && accepts() && client(command).exit() == 0);
    }

    private boolean accepts() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    Path data() {
        return home.resolve("data");
    }

    void printLog() {
        printTail(folder.resolve("console"));
        printTail(data().resolve("log").resolve("karaf.log"));
    }

    private static void printTail(Path file) {
        System.err.println("The end of " + file + ":");
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()).forEach(System.err::println);
        } catch (IOException e) {
            System.err.println("cannot be read: " + e);
        }
    }

    @Override
    public void close() {
        Program.kill(process);
        Runtime.getRuntime().removeShutdownHook(killer);
    }
}
