package org.hikae.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands that a client asks for, one by one. */
class CommandsTest extends ConversationFixture {

    @Test
    void getTheirArgumentsAsTheyAre() throws IOException {
        List<String> seen = new ArrayList<>();
        platform.command("see", (session, arguments) -> {
            arguments.forEach(argument -> seen.add((String) argument));
            return null;
        });
        String[] strange = {
            "007",
            "1e3",
            "1.10",
            "*",
            "%",
            "?",
            "$x",
            "@file",
            "",
            " ",
            "a b",
            "a\nb",
            "'\"",
            "\\",
            "{}",
            "[1]",
            "(a)",
            "é控\uD83D\uDE00",
            "--",
            "|",
            ";",
            "&",
            "<",
            ">",
            "~",
            "#",
            "null",
            "true",
            "=",
            "\t",
            "x".repeat(100_000)
        };

        assertThat(platform.run("see", strange).code()).isZero();

        assertThat(seen).containsExactly(strange);
    }

    @Test
    void knowTheirCaller() throws IOException {
        platform.command("who", (session, arguments) -> {
            assertThat(session.get("hikae.cwd")).isEqualTo("/");
            assertThat(session.currentDir()).isEqualTo(Path.of("/"));
            assertThat(session.get("hikae.width")).isEqualTo(80);
            assertThat(session.get("hikae.colour")).isEqualTo(false);
            assertThat(session.get("hikae.tty")).isEqualTo(false);
            assertThat(session.get("hikae.zone")).isEqualTo("UTC");
            ((PrintStream) session.get("hikae.err")).println("noted");
            return null;
        });

        TestClient.Result result = platform.run("who");

        assertThat(result).isEqualTo(new TestClient.Result(0, "", "noted\n", "<noted\n"));
    }

    @Test
    void keepTheOrderOfTheirStreams() throws IOException {
        platform.command("both", (session, arguments) -> {
            PrintStream err = (PrintStream) session.get("hikae.err");
            for (int i = 0; i < 3; i++) {
                session.getConsole().print("out" + i);
                err.print("err" + i);
            }
            return null;
        });

        assertThat(platform.run("both").order()).isEqualTo(">out0<err0>out1<err1>out2<err2");
    }

    @Test
    void canPrintALot() throws IOException {
        byte[] bytes = new byte[3_000_000];
        Arrays.fill(bytes, (byte) 'x');
        platform.command("lot", (session, arguments) -> {
            session.getConsole().write(bytes, 0, bytes.length);
            return null;
        });

        assertThat(platform.run("lot").out()).hasSize(bytes.length);
    }

    @Test
    void failWithACodeAndAMessageTheyChoose() throws IOException {
        assertThat(platform.run("fail", "no such disk")).isEqualTo(failure(1, "no such disk\n"));
        assertThat(platform.run("fail", "wrong", "2")).isEqualTo(failure(2, "wrong\n"));
        assertThat(platform.run("fail", "", "3")).isEqualTo(failure(3, ""));
    }

    @Test
    void failWithoutAStackTraceWhateverTheyThrow() throws IOException {
        platform.command("npe", (session, arguments) -> {
            throw new NullPointerException();
        });
        platform.command("error", (session, arguments) -> {
            throw new StackOverflowError();
        });

        for (String name : List.of("npe", "error")) {
            TestClient.Result result = platform.run(name);
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .startsWith("The command failed unexpectedly (")
                    .doesNotContain("\tat ");
            assertThat(result.err().lines()).hasSize(1);
        }
    }

    @Test
    void areSuggestedWhenMisspelt() throws IOException {
        assertThat(platform.run("sai", "x")).isEqualTo(failure(2, "There is no command sai. Did you mean say?\n"));
        assertThat(platform.run("{}").code()).isEqualTo(2);
        assertThat(platform.run("").code()).isEqualTo(2);
    }

    @Test
    void mayReturnSomethingToShow() throws IOException {
        platform.command("give", (session, arguments) -> List.of("a", "b"));

        assertThat(platform.run("give").out()).startsWith("a\nb\n");
    }

    private TestClient.Result failure(int code, String message) {
        return new TestClient.Result(code, "", message, message.isEmpty() ? "" : "<" + message);
    }
}
