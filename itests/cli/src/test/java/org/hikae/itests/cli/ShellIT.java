package org.hikae.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.hikae.itests.cli.Cli.Running;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The interactive shell, on a terminal that {@code script} makes. */
class ShellIT {
    private static final String CTRL_C = "\003";
    private static final String CTRL_D = "\004";
    private static final String ENTER = "\r";

    @TempDir
    Path folder;

    private Cli hikae;
    private Running shell;
    private OutputStream keyboard;

    @BeforeEach
    void open() throws Exception {
        hikae = Cli.in(folder).withProbe();
    }

    @AfterEach
    void close() throws Exception {
        shell.close();
    }

    private void openShell() throws IOException {
        String quoted = hikae.words().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        shell = hikae.start(
                List.of("script", "-qefc", "stty cols 100 rows 30; TERM=xterm exec " + quoted, "/dev/null"),
                ProcessBuilder.Redirect.PIPE);
        keyboard = shell.process().getOutputStream();
        await().until(() -> shell.outSoFar().contains("hikae>"));
    }

    private void type(String text) throws IOException {
        keyboard.write(text.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    private void awaitScreen(String text) {
        await(text).until(() -> shell.outSoFar().contains(text));
    }

    /** Types a line and returns once another prompt is there. */
    private void typeLine(String line) throws IOException {
        int before = prompts();
        type(line + ENTER);
        await(line).until(() -> prompts() > before);
    }

    private int prompts() throws IOException {
        // The editor switches the mode of the terminal before each prompt.
        return shell.outSoFar().split("\033\\[\\?2004h", -1).length;
    }

    @Test
    void linesAreEditedHereAndCarriedOutThere() throws Exception {
        openShell();

        typeLine("x = hello");
        typeLine("probe-args $x 007 'a b'");
        awaitScreen("<hello>\r\n<007>\r\n<a b>\r\n");
        typeLine("probe-fail 1 'no such disk'");
        awaitScreen("no such disk\r\n");
        typeLine("probe-env");
        awaitScreen("width=100\r\ntty=true\r\ninput.tty=true\r\ncolour=true\r\n");

        int before = prompts();
        type("probe-args cleared" + CTRL_C);
        await("prompt").until(() -> prompts() > before);
        typeLine("probe-args kept");
        awaitScreen("<kept>\r\n");
        assertThat(shell.outSoFar()).doesNotContain("<cleared");

        type("node li\t");
        awaitScreen("node list");
        typeLine("");
        awaitScreen("INCARNATION");

        type(CTRL_D);
        assertThat(shell.await().code()).isZero();
        assertThat(hikae.home().resolve("history")).content().contains("probe-args kept", "node list");
    }

    @Test
    void ctrlCCancelsTheCommandAndNotTheShell() throws Exception {
        openShell();
        type("probe-wait " + hikae.path("command") + ENTER);
        hikae.awaitFile("command.started");

        type(CTRL_C);

        awaitScreen("probe-wait: cancelled");
        typeLine("probe-args alive");
        awaitScreen("<alive>");
        type("exit" + ENTER);
        assertThat(shell.await().code()).isZero();
    }

    @Test
    void commandsReadTheKeyboard() throws Exception {
        openShell();
        type("probe-cat" + ENTER + "typed ahead \uD83D\uDE00" + ENTER);
        awaitScreen("typed ahead \uD83D\uDE00");
        type("typed é" + ENTER);
        awaitScreen("typed é\r\ntyped é\r\n");
        type("unended" + CTRL_D);
        awaitScreen("unended^Dunended");
        int before = prompts();
        type(CTRL_D);
        await("prompt").until(() -> prompts() > before);
        typeLine("probe-args after");
        awaitScreen("<after>");
        type("quit" + ENTER);
        assertThat(shell.await().code()).isZero();
    }

    @Test
    void theShellOutlivesThePlatformOfAnother() throws Exception {
        try (Running server = hikae.serve()) {
            openShell();
            typeLine("probe-args first");
            server.signal("TERM");
            assertThat(server.await().code()).isZero();
        }

        typeLine("probe-args second");
        awaitScreen("<second>");
        assertThat(hikae.run("probe-args", "guest").out()).isEqualTo("<guest>\n");
        type(CTRL_D);
        assertThat(shell.await().code()).isZero();
        assertThat(hikae.home().resolve("socket")).doesNotExist();
    }
}
