package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The executable jar on a home, as processes of their own.
 *
 * @param folder for what the processes print
 * @param jar the whole platform, or a client of file backup alone
 */
record Program(Path folder, Path home, String jar) {

    private static final long DEADLINE_SECONDS = 120;
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Pattern GENERATION = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+@\\d+)\"");

    private static final Pattern NONE_DONE = Pattern.compile("\"doneBytes\" ?: 0");

    Program(Path folder, Path home) {
        this(folder, home, System.getProperty("hikae.jar"));
    }

    static Program in(Path folder) {
        return new Program(folder, folder.resolve("home"));
    }

    /** A client of file backup, as the jar that it is by itself. */
    static Program client(Path folder) {
        return new Program(folder, folder.resolve("home"), System.getProperty("hikae.client.jar"));
    }

    /**
     * How a command ended.
     *
     * @param output what it printed, errors too
     */
    record Result(int code, String output) {}

    /** A process that may still run; closing it kills it. */
    record Running(Process process, Path output) implements AutoCloseable {

        String soFar() throws IOException {
            return Files.readString(output);
        }

        Result await() throws IOException, InterruptedException {
            assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .as("it ends: " + soFar())
                    .isTrue();
            return new Result(process.exitValue(), soFar());
        }

        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }

        /** Kills it with -9. */
        @Override
        public void close() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }

    Running start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT,TERM,HUP"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", classes(jar)));
        command.addAll(List.of("-jar", jar, "--home", home.toString()));
        command.addAll(List.of(words));
        Path output = folder.resolve("output" + COUNT.incrementAndGet());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile())
                .start();
        return new Running(process, output);
    }

    /** Starts with the classes that the build has prepared, as the script hikae does; without them it is slower. */
    static String classes(String jar) {
        String java = System.getProperty("java.home").replace('/', '-');
        return "-XX:SharedArchiveFile=" + jar.replaceFirst("\\.jar$", java + ".jsa");
    }

    /** Has a command carried out by whoever serves the home, or else by a process of its own. */
    Result run(String... words) throws IOException, InterruptedException {
        Optional<Result> served = Commands.ask(home, Commands.task(words));
        return served.isPresent() ? served.get() : start(words).await();
    }

    /** What a command prints that goes well. */
    String ok(String... words) throws IOException, InterruptedException {
        Result result = run(words);
        assertThat(result.code()).as(result.output()).isZero();
        return result.output();
    }

    /** What a command prints that fails, in lines without a stack trace. */
    String fails(String... words) throws IOException, InterruptedException {
        Result result = run(words);
        assertThat(result.code()).as(result.output()).isEqualTo(1);
        assertThat(result.output()).doesNotContain("\tat ", "Exception");
        return result.output();
    }

    /** A platform that serves, once it is ready. */
    Running serve() throws IOException {
        Running server = start("serve");
        Awaitility.await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS).until(() -> {
            assertThat(server.process().isAlive()).as(server.soFar()).isTrue();
            return server.soFar().contains("ready");
        });
        return server;
    }

    /** Ids of all generations. */
    List<String> generations() throws IOException, InterruptedException {
        return ids(ok("generation", "list", "--json"));
    }

    /** The ids of generations in a listing as JSON. */
    static List<String> ids(String listing) {
        return GENERATION
                .matcher(listing)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** Starts a backup and returns its job's number once it copies. */
    String startBackup(String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("backup", "run"));
        words.addAll(List.of(options));
        words.add("--detach");
        String job = ok(words.toArray(String[]::new)).strip();
        Awaitility.await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS).until(() -> NONE_DONE
                .matcher(ok("job", "info", job, "--json"))
                .results()
                .findAny()
                .isEmpty());
        return job;
    }
}
