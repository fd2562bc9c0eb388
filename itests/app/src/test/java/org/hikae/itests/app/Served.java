package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A platform that serves a home, and commands to it as its launcher gives them, but without a process for each. Closing it
 * kills it with -9. Any thread may give commands.
 *
 * @param home its real path
 */
record Served(Program.Running process, Path home) implements AutoCloseable {

    /** The code of a script that the platform did not live to answer. */
    static final int KILLED = -1;

    private static final long DEADLINE_SECONDS = 60;
    private static final long POLL_MILLIS = 20;
    private static final Pattern NONE_DONE = Pattern.compile("\"doneBytes\" ?: 0");

    static Served start(Program program) throws IOException {
        Program.Running process = program.serve();
        return new Served(process, program.home().toRealPath());
    }

    /** Carries a script out, up to its first command that fails. */
    Program.Result run(String script) throws IOException {
        try {
            Optional<Program.Result> result = Commands.ask(home, Commands.task("-c", script));
            if (result.isPresent()) {
                return result.get();
            }
            assertEnds("no connection");
        } catch (IOException e) {
            assertEnds("no answer: " + e);
        }
        return new Program.Result(KILLED, "");
    }

    /** Who ends a connection without an answer is ending itself. */
    private void assertEnds(String about) throws IOException {
        process.process()
                .onExit()
                .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(e -> null)
                .join();
        assertThat(process.process().isAlive())
                .as("%s; it said: %s", about, process.soFar())
                .isFalse();
    }

    /** What a script prints, which goes well; empty if the platform was killed meanwhile. */
    Optional<String> unlessKilled(String script) throws IOException {
        Program.Result result = run(script);
        assertThat(result.code()).as("%s: %s", script, result.output()).isIn(0, KILLED);
        return result.code() == KILLED ? Optional.empty() : Optional.of(result.output());
    }

    /** What a script prints that goes well. */
    String ok(String script) throws IOException {
        Program.Result result = run(script);
        assertThat(result.code()).as("%s: %s", script, result.output()).isZero();
        return result.output();
    }

    /** What a script prints whose last command fails, in lines without a stack trace. */
    String fails(String script) throws IOException {
        Program.Result result = run(script);
        assertThat(result.code()).as("%s: %s", script, result.output()).isEqualTo(1);
        assertThat(result.output()).doesNotContain("\tat ", "Exception");
        return result.output();
    }

    /** Starts a backup and returns its job's number once it copies. */
    String startBackup(String options) throws IOException {
        String job = ok("backup run " + options + " --detach").strip();
        Awaitility.await()
                .pollInterval(POLL_MILLIS, TimeUnit.MILLISECONDS)
                .atMost(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .until(() ->
                        !NONE_DONE.matcher(ok("job info " + job + " --json")).find());
        return job;
    }

    /** Lets it end as a service does. */
    void stop() throws IOException, InterruptedException {
        process.signal("TERM");
        Program.Result result = process.await();
        assertThat(result.code()).as(result.output()).isZero();
    }

    /** Kills it with -9. */
    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
