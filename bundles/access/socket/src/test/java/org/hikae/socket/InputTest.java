package org.hikae.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hikae.wire.FrameType;
import org.hikae.wire.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a command reads of its client. */
class InputTest extends ConversationFixture {

    @BeforeEach
    void command() {
        platform.command("first", (session, arguments) -> {
            byte[] bytes = session.getKeyboard()
                    .readNBytes(Integer.parseInt(arguments.get(0).toString()));
            session.getConsole().print(new String(bytes, StandardCharsets.UTF_8));
            return null;
        });
    }

    @Test
    void isWantedByWhoReadsAlone() throws IOException {
        try (TestClient client = platform.client()) {
            client.request(new Request.Command("first", List.of("5")));
            assertThat(client.expect(FrameType.WANT).number()).isEqualTo(5);
            client.connection.send(FrameType.INPUT, new byte[] {'a', 'b'});
            assertThat(client.expect(FrameType.WANT).number()).isEqualTo(3);
            client.connection.send(FrameType.INPUT_END);
            assertThat(client.result().out()).isEqualTo("ab");
        }
        assertThat(platform.run("say", "x").out()).isEqualTo("x\n");
    }

    @Test
    void endsWhenTheClientIsLost() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        platform.command("all", (session, arguments) -> {
            session.getKeyboard().readAllBytes();
            ended.countDown();
            return null;
        });
        try (TestClient client = platform.client()) {
            client.request(new Request.Command("all", List.of()));
            client.expect(FrameType.WANT);
        }
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nobodyWantsIsRefused() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        platform.command("wait", (session, arguments) -> over.await(30, TimeUnit.SECONDS));
        try (TestClient client = platform.client()) {
            client.request(new Request.Command("wait", List.of()));
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            client.connection.send(FrameType.INPUT, new byte[1 << 16]);
                        }
                        client.result();
                    })
                    .isInstanceOf(IOException.class);
        } finally {
            over.countDown();
        }
    }
}
