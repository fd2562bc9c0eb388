package org.hikae.itests.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A platform that serves a home, as a process of its own, and commands to it. */
final class Hikae implements AutoCloseable {

    private static final long DEADLINE_SECONDS = 60;

    private final Path folder;
    private Process server;

    /** @param folder for the home, and what processes print */
    Hikae(Path folder) {
        this.folder = folder;
    }

    Path home() {
        return folder.resolve("home");
    }

    /** Where NBD clients connect. */
    Path socket() {
        return home().resolve("nbd.sock");
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String jar = System.getProperty("hikae.jar");
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", classes(jar)));
        command.addAll(List.of("-jar", jar, "--home", home().toString()));
        command.addAll(List.of(words));
        return command;
    }

    /** Starts with the classes that the build has prepared, as the script hikae does; without them it is slower. */
    private static String classes(String jar) {
        String java = System.getProperty("java.home").replace('/', '-');
        return "-XX:SharedArchiveFile=" + jar.replaceFirst("\\.jar$", java + ".jsa");
    }

    void serve() throws IOException {
        Path output = folder.resolve("server");
        server = new ProcessBuilder(command("serve"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Awaitility.await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS).until(() -> {
            assertThat(server.isAlive()).as(Files.readString(output)).isTrue();
            return Files.readString(output).contains("ready");
        });
    }

    /** Tells it to end, and waits. */
    void stop() throws InterruptedException {
        server.destroy();
        assertThat(server.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    Tool.Result run(String... words) throws IOException, InterruptedException {
        return Tool.run(folder, command(words));
    }

    /** What a command prints that goes well. */
    String ok(String... words) throws IOException, InterruptedException {
        return run(words).ok();
    }

    /** What a command prints that fails, in lines without a stack trace. */
    String fails(String... words) throws IOException, InterruptedException {
        Tool.Result result = run(words);
        assertThat(result.code()).as(result.output()).isEqualTo(1);
        assertThat(result.output()).doesNotContain("\tat ", "Exception");
        return result.output();
    }

    /** A file of that many bytes, all of them a hole, as a disk. */
    Path addDisk(String name, long size) throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".img");
        try (var channel = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            channel.setLength(size);
        }
        ok("disk", "add", name, file.toString());
        return file;
    }

    String uri(String export) {
        return "nbd+unix:///" + export + "?socket=" + socket();
    }

    @Override
    public void close() throws InterruptedException {
        if (server != null) {
            server.destroyForcibly().waitFor();
        }
    }
}
