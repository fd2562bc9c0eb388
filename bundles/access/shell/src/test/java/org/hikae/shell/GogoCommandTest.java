package org.hikae.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.hikae.shell.call.Call;
import org.hikae.shell.call.CommandFailed;
import org.hikae.shell.call.Services;
import org.hikae.shell.call.Thing;
import org.hikae.shell.call.UnitStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands in a real Gogo session. */
@Timeout(30)
class GogoCommandTest {

    private static final Services NOTHING = new Services() {
        @Override
        public <T> Optional<T> find(Class<T> service) {
            return Optional.empty();
        }

        @Override
        public List<UnitStatus> units() {
            return List.of();
        }

        @Override
        public void close() {}
    };

    /** Says what it is given; fails on {@code fail}; waits for its cancellation on {@code wait}. */
    @Command(name = "echo")
    static final class Echo extends Thing implements Runnable {

        @Parameters
        private List<String> words = List.of();

        Echo(Call call) {
            super(call);
        }

        @Override
        public void run() {
            if (words.contains("fail")) {
                throw new IllegalArgumentException("that is what was asked for");
            } else if (words.contains("wait")) {
                CountDownLatch cancelled = new CountDownLatch(1);
                call.cancellation().onCancel(cancelled::countDown);
                call.note("waiting");
                awaitUninterruptibly(cancelled);
                call.cancellation().check();
            } else if (words.contains("caller")) {
                call.say(call.caller().folder() + " " + call.caller().width() + " "
                        + call.caller().barWidth().getAsInt() + " "
                        + call.caller().colour() + " "
                        + call.caller().zone());
            }
            call.say(String.join("|", words));
        }

        private static void awaitUninterruptibly(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new AssertionError("a command's thread is never interrupted", e);
            }
        }
    }

    @TempDir
    Path folder;

    private final ThreadIOImpl threadIo = new ThreadIOImpl();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private CommandSession session;

    @BeforeEach
    void open() {
        threadIo.start();
        CommandProcessorImpl processor = new CommandProcessorImpl(threadIo);
        processor.addCommand("hikae", new GogoCommand(() -> NOTHING, "echo", Echo::new), "echo");
        processor.addCommand("hikae", new GogoComplete(() -> NOTHING), "complete");
        session = processor.createSession(new ByteArrayInputStream(new byte[0]), out, err);
    }

    @AfterEach
    void close() {
        session.close();
        threadIo.stop();
    }

    private String execute(String line) throws Exception {
        session.execute(line);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatLooksLikeANumberStaysText() throws Exception {
        assertThat(execute("hikae:echo 007 1.10 1e3 'a b' @file データ")).isEqualTo("007|1.10|1e3|a b|@file|データ\n");
        assertThat(session.get("hikae.exit")).isEqualTo(0);
    }

    @Test
    void aFailureStopsTheScriptAndIsPrintedByNobodyHere() {
        assertThatThrownBy(() -> session.execute("echo one; echo fail; echo two"))
                .isInstanceOf(CommandFailed.class)
                .hasToString("echo: that is what was asked for");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(session.get("hikae.exit")).isEqualTo(1);
    }

    @Test
    void wrongUsageIsExitCodeTwo() {
        assertThatThrownBy(() -> session.execute("echo --nonsense")).isInstanceOf(CommandFailed.class);
        assertThat(session.get("hikae.exit")).isEqualTo(2);
    }

    @Test
    void pipesAndRedirectionsWork() throws Exception {
        Path file = folder.resolve("out file");
        execute("echo in the file > '" + file + "'");
        assertThat(Files.readString(file)).isEqualTo("in|the|file\n");
        assertThat(out.size()).isZero();
    }

    private String caller() throws Exception {
        out.reset();
        return execute("echo caller").lines().findFirst().orElseThrow();
    }

    @Test
    void theCallerIsWhatTheSessionSays() throws Exception {
        session.put("hikae.cwd", "/some where");
        session.put("hikae.zone", "Asia/Tokyo");
        session.put("hikae.width", 132);
        session.put("hikae.colour", true);
        session.put("hikae.tty", true);
        assertThat(caller()).isEqualTo("/some where 132 132 true Asia/Tokyo");
        session.put("hikae.tty", false);
        assertThat(caller()).isEqualTo("/some where 0 0 true Asia/Tokyo");
        session.put("hikae.error.tty", true);
        session.put("hikae.width", 0);
        session.put("hikae.colour", false);
        session.put("hikae.zone", "nowhere");
        assertThat(caller()).isEqualTo("/some where 0 80 false " + ZoneId.systemDefault());
    }

    @Test
    void aShellThatWentElsewhereIsThere() throws Exception {
        session.put("hikae.cwd", "/some where");
        session.currentDir(folder);
        assertThat(caller()).startsWith(folder + " ");
    }

    @Test
    void theShellsOwnTerminalIsUsedWithoutACaller() throws Exception {
        session.currentDir(folder);
        assertThat(caller()).startsWith(folder + " 80 0 false ");
        session.put("COLUMNS", "90");
        assertThat(caller()).startsWith(folder + " 90 90 true ");
    }

    @Test
    void whatIsRedirectedIsNoTerminal() throws Exception {
        session.put("COLUMNS", 90);
        Path file = folder.resolve("out");
        execute("echo caller > '" + file + "'");
        assertThat(Files.readString(file)).contains(" 0 90 false ");
    }

    @Test
    void cancelReachesTheCommand() {
        List<Runnable> onCancel = new ArrayList<>();
        session.put("hikae.onCancel", (Consumer<Runnable>) onCancel::add);
        session.put("hikae.err", cancelling(onCancel));
        assertThatThrownBy(() -> session.execute("echo wait")).hasToString("echo: cancelled");
        assertThat(session.get("hikae.exit")).isEqualTo(1);
    }

    /** An error stream whose reader presses Ctrl-C as soon as the command says something. */
    private static PrintStream cancelling(List<Runnable> onCancel) {
        return new PrintStream(OutputStreams.onWrite(() -> onCancel.forEach(Runnable::run)), true);
    }

    @Test
    void completionPrintsALineEach() throws Exception {
        assertThat(execute("hikae:complete 1 disk re")).isEqualTo("remove\n");
        out.reset();
        assertThat(execute("hikae:complete; hikae:complete x; hikae:complete 99"))
                .isEmpty();
    }
}
