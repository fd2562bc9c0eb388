package org.hikae.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * The executable jar, as processes of its own.
 *
 * @param folder for whatever the tests need; the working folder of the processes
 */
record Cli(Path jar, Path folder, Path home) {
    private static final long DEADLINE_SECONDS = 90;
    private static final AtomicInteger COUNT = new AtomicInteger();

    static {
        Awaitility.setDefaultTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    static Cli in(Path folder) {
        return new Cli(Path.of(System.getProperty("hikae.jar")), folder, folder.resolve("home"));
    }

    Cli withHome(Path other) {
        return new Cli(jar, folder, other);
    }

    Cli withJar(Path other) {
        return new Cli(other, folder, home);
    }

    Cli inFolder(Path other) {
        return new Cli(jar, other, home);
    }

    /** @param code exit code */
    record Result(int code, String out, String err) {}

    /** The words of a command on that home. */
    List<String> words(String... arguments) {
        List<String> words = new ArrayList<>();
        // Whoever runs the tests may ignore signals, and what is ignored is inherited.
        words.addAll(List.of("env", "--default-signal=INT,TERM,HUP"));
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-Dfile.encoding=UTF-8"));
        words.add("-XX:SharedArchiveFile=" + classes());
        words.addAll(List.of("-jar", jar.toString(), "--home", home.toString()));
        words.addAll(List.of(arguments));
        return words;
    }

    /** What the build has prepared so that it starts quickly, as the script hikae does. */
    private String classes() {
        return jar.toString()
                .replaceFirst("\\.jar$", System.getProperty("java.home").replace('/', '-') + ".jsa");
    }

    /** Standard input is empty. */
    Running start(String... arguments) throws IOException {
        return start(
                words(arguments),
                ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    }

    Running start(List<String> words, ProcessBuilder.Redirect input) throws IOException {
        int number = COUNT.incrementAndGet();
        Path out = folder.resolve("out" + number);
        Path err = folder.resolve("err" + number);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectInput(input)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("HIKAE_HOME");
        builder.environment().put("LC_ALL", "C.UTF-8");
        return new Running(builder.start(), out, err);
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    Result runWithInput(byte[] input, String... arguments) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("in" + COUNT.incrementAndGet()), input);
        return start(words(arguments), ProcessBuilder.Redirect.from(file.toFile()))
                .await();
    }

    /** Installs {@link Probe} and returns once that has ended. */
    Cli withProbe() throws IOException, InterruptedException {
        return withBundle(Bundles.probe(folder));
    }

    /** Installs and starts a bundle, and returns once that has ended. */
    Cli withBundle(Path bundle) throws IOException, InterruptedException {
        Result result = run("-c", "start '" + bundle.toUri() + "'");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        return this;
    }

    /** Starts a server and returns once it is ready. */
    Running serve() throws IOException {
        Running server = start("serve");
        Awaitility.await()
                .until(() ->
                        server.outSoFar().equals("ready\n") || !server.process().isAlive());
        assertThat(server.process().isAlive()).as(server.errSoFar()).isTrue();
        return server;
    }

    boolean exists(String name) {
        return Files.exists(folder.resolve(name));
    }

    void awaitFile(String name) {
        Awaitility.await(name).until(() -> exists(name));
    }

    void touch(String name) throws IOException {
        Files.createFile(folder.resolve(name));
    }

    String path(String name) {
        return folder.resolve(name).toString();
    }

    /** A process, which ends with the test at the latest. */
    record Running(Process process, Path out, Path err) implements AutoCloseable {

        Result await() throws IOException, InterruptedException {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                close();
                throw new AssertionError("it does not end; so far: " + outSoFar() + errSoFar());
            }
            return new Result(process.exitValue(), outSoFar(), errSoFar());
        }

        String outSoFar() throws IOException {
            return Files.readString(out, StandardCharsets.UTF_8);
        }

        String errSoFar() throws IOException {
            return Files.readString(err, StandardCharsets.UTF_8);
        }

        /** @param name such as {@code INT} */
        void signal(String name) throws IOException, InterruptedException {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            assertThat(kill.waitFor()).isZero();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }
}
