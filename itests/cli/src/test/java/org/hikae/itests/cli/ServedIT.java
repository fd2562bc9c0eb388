package org.hikae.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.hikae.itests.cli.Cli.Result;
import org.hikae.itests.cli.Cli.Running;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that another process carries out look as if it were their own. */
class ServedIT {
    @TempDir
    static Path folder;

    private static Cli hikae;
    private static Running server;

    @BeforeAll
    static void serve() throws Exception {
        hikae = Cli.in(folder).withProbe();
        server = hikae.serve();
    }

    @AfterAll
    static void stop() throws Exception {
        server.signal("TERM");
        assertThat(server.await()).isEqualTo(new Result(0, "ready\n", ""));
    }

    @Test
    void argumentsStayAsTheyAre() throws Exception {
        String[] strange = {
            "007",
            "1e3",
            "1.10",
            "*",
            "%",
            "?",
            "@x",
            "",
            " ",
            "a b",
            "a\nb",
            "'",
            "\"",
            "\\",
            "$x",
            "$(x)",
            "{}",
            "[1]",
            "é控え\uD83D\uDE00",
            "--help",
            "-c",
            "--home",
            "|",
            ";",
            "&",
            "~",
            "#",
            "null",
            "="
        };
        List<String> words = new ArrayList<>(List.of("probe-args"));
        words.addAll(List.of(strange));

        Result result = hikae.run(words.toArray(String[]::new));

        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .containsExactly(List.of(strange).stream()
                        .map(word -> "<" + word.replace("\n", "\\n") + ">")
                        .toArray(String[]::new));
    }

    @Test
    void pathsAndTheTerminalAreTheCallers() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("else where"));

        Result result = hikae.inFolder(elsewhere).run("probe-env");
        hikae.inFolder(elsewhere).run("probe-write", "file");

        assertThat(result.out())
                .contains("cwd=" + elsewhere + "\n", "tty=false\n", "input.tty=false\n", "colour=false\n", "width=0\n");
        assertThat(elsewhere.resolve("file")).hasContent("written");
    }

    @Test
    void inputPassesThroughWhole() throws Exception {
        byte[] input = new byte[3_000_000];
        ThreadLocalRandom.current().nextBytes(input);
        Path file = Files.write(folder.resolve("input"), input);

        Running running = hikae.start(hikae.words("probe-cat"), ProcessBuilder.Redirect.from(file.toFile()));

        assertThat(running.process().waitFor()).isZero();
        assertThat(running.out()).hasBinaryContent(input);
    }

    @Test
    void inputThatIsNotReadIsLeftForOthers() throws Exception {
        List<String> words = new ArrayList<>(List.of("sh", "-c", "\"$@\"; cat", "sh"));
        words.addAll(hikae.words("probe-args", "x"));
        Path file = Files.writeString(folder.resolve("left"), "left for cat\n");

        Result result =
                hikae.start(words, ProcessBuilder.Redirect.from(file.toFile())).await();

        assertThat(result.out()).isEqualTo("<x>\nleft for cat\n");
    }

    @Test
    void whoeverReadsOnlyTheBeginningEndsQuietly() throws Exception {
        List<String> words = new ArrayList<>(List.of("sh", "-c", "{ \"$@\"; echo code $? >&2; } | head -n 1", "sh"));
        words.addAll(hikae.words("probe-flood", "200000"));

        Result result = hikae.start(
                        words, ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .await();

        assertThat(result.out()).isEqualTo("a line that is there to be long: 0\n");
        assertThat(result.err()).isEqualTo("code 0\n");
    }

    @Test
    void ctrlCCancelsTheCommand() throws Exception {
        Running running = hikae.start("probe-wait", hikae.path("cancel"));
        hikae.awaitFile("cancel.started");

        running.signal("INT");

        assertThat(running.await()).isEqualTo(new Result(1, "", "probe-wait: cancelled\n"));
        assertThat(hikae.exists("cancel.cancelled")).isTrue();
    }

    @Test
    void aLostClientDoesNotCancel() throws Exception {
        Running running = hikae.start("probe-wait", hikae.path("lost"));
        hikae.awaitFile("lost.started");

        running.close();
        assertThat(hikae.run("probe-args", "x").out()).isEqualTo("<x>\n");
        hikae.touch("lost.go");

        hikae.awaitFile("lost.done");
    }

    @Test
    void aClientThatIsEndedSaysWhatGoesOn() throws Exception {
        hikae.run("probe-job", hikae.path("long"));
        hikae.awaitFile("long.started");
        String id = hikae.run("job", "list", "--json").out().replaceAll("(?s).*\"id\": (\\d+).*", "$1");
        Running waiting = hikae.start("job", "wait", id);
        // Its progress: then it waits.
        await().until(() -> !waiting.errSoFar().isEmpty());

        waiting.signal("TERM");

        Result result = waiting.await();
        assertThat(result.code()).isEqualTo(143);
        assertThat(result.err())
                .endsWith("hikae: ended by a signal; job " + id + " goes on; see 'job info " + id + "'\n");
        hikae.touch("long.go");
        hikae.awaitFile("long.done");
        assertThat(hikae.run("job", "wait", id).code()).isZero();
    }

    @Test
    void aStoppedClientHoldsUpNobodyElse() throws Exception {
        Running stopped = hikae.start("probe-flood", "1000000");
        await().until(() -> !stopped.outSoFar().isEmpty());
        stopped.signal("STOP");

        assertThat(hikae.run("probe-args", "x").out()).isEqualTo("<x>\n");

        stopped.close();
    }

    @Test
    void aSecondServerIsRefused() throws Exception {
        Result second = hikae.run("serve");

        assertThat(second.code()).isEqualTo(1);
        // The process that was started is env, which became Java.
        assertThat(second.err())
                .isEqualTo("hikae: The home " + hikae.home().toRealPath() + " is served already, by the process "
                        + server.process().pid() + "\n");
    }

    @Test
    void configurationsFollowTheirFiles() throws Exception {
        Path file = hikae.home().resolve("etc").resolve("probe~a.config");
        hikae.run("probe-configure", "probe", "a", "first");
        assertThat(file).hasContent("value=\"first\"");

        Files.writeString(file, "# by hand\nvalue = \"second\"\n", StandardCharsets.UTF_8);
        await().until(() -> hikae.run("probe-config", "probe~a").out().contains("value=second\n"));
        assertThat(file).hasContent("# by hand\nvalue = \"second\"");

        Files.writeString(file.resolveSibling("probe~b.config"), "value=\"new\"", StandardCharsets.UTF_8);
        await().until(() -> hikae.run("probe-config", "probe~b")
                .out()
                .equals("service.factoryPid=probe\nservice.pid=probe~b\nvalue=new\n"));

        Files.delete(file);
        await().until(() -> hikae.run("probe-config", "probe~a").code() == 1);
    }
}
