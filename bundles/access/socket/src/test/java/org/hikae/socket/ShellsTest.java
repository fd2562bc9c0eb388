package org.hikae.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.hikae.wire.Frame;
import org.hikae.wire.FrameType;
import org.hikae.wire.Request;
import org.hikae.wire.Words;
import org.junit.jupiter.api.Test;

/** Clients that ask for one command after the other. */
class ShellsTest extends ConversationFixture {

    @Test
    void keepVariables() throws IOException {
        try (TestClient client = platform.client()) {
            client.request(new Request.Shell());
            client.line("x = hello");
            assertThat(client.result().code()).isZero();
            client.line("say $x");
            assertThat(client.result().out()).isEqualTo("hello\n");
        }
    }

    @Test
    void completeWords() throws IOException {
        platform.command("complete", (session, arguments) -> {
            arguments.forEach(argument -> session.getConsole().println(argument + "!"));
            return null;
        });
        try (TestClient client = platform.client()) {
            client.request(new Request.Shell());
            client.connection.send(FrameType.COMPLETE, new Words(1, List.of("disk", "li")).packed());
            Frame frame = client.expect(FrameType.CANDIDATES);
            assertThat(Words.unpack(frame.content()).words()).containsExactly("1!", "disk!", "li!");
            client.line("say on");
            assertThat(client.result().out()).isEqualTo("on\n");
        }
    }

    @Test
    void completeNothingWhereNobodyKnows() throws IOException {
        try (TestClient client = platform.client()) {
            client.request(new Request.Shell());
            client.connection.send(FrameType.COMPLETE, new Words(0, List.of("d")).packed());
            assertThat(Words.unpack(client.expect(FrameType.CANDIDATES).content())
                            .words())
                    .isEmpty();
        }
    }

    @Test
    void takeTheNextLineRightAfterTheLast() throws IOException {
        try (TestClient client = platform.client()) {
            client.request(new Request.Shell());
            for (int i = 0; i < 500; i++) {
                client.line("say " + i);
                assertThat(client.result().out()).isEqualTo(i + "\n");
            }
        }
    }

    @Test
    void doNotKeepThePlatformWhileTheyIdle() throws Exception {
        try (TestClient client = platform.client()) {
            client.request(new Request.Shell());
            client.line("say x");
            client.result();

            assertThat(platform.gate.closeWhenIdle(30_000, () -> false)).isTrue();
            client.line("say y");
            assertThat(client.result().code()).isEqualTo(TestClient.CLOSING);
        }
    }
}
