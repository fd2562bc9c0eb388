package org.hikae.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hikae.wire.FrameType;
import org.hikae.wire.Request;
import org.junit.jupiter.api.Test;

/** Clients that are lost, slow or hostile. */
class ClientsTest extends ConversationFixture {

    @Test
    void thatAreLostDoNotCancel() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        platform.command("work", (session, arguments) -> {
            session.getConsole().println("started");
            go.await();
            for (int i = 0; i < 10_000; i++) {
                session.getConsole().println("a line that nobody reads");
            }
            done.countDown();
            return null;
        });
        try (TestClient client = platform.client()) {
            client.request(new Request.Command("work", List.of()));
            client.expect(FrameType.OUTPUT);
        }
        go.countDown();
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(platform.gate.awaitEmpty(30_000)).isTrue();
    }

    @Test
    void thatDoNotReadStopTheirOwnCommandAlone() throws Exception {
        platform.command("flood", (session, arguments) -> {
            for (int i = 0; i < 1000; i++) {
                session.getConsole().println("x".repeat(10_000));
            }
            return null;
        });
        try (TestClient stalled = platform.client()) {
            stalled.request(new Request.Command("flood", List.of()));
            stalled.expect(FrameType.OUTPUT);

            assertThat(platform.run("say", "alive").out()).isEqualTo("alive\n");
            assertThat(platform.gate.awaitEmpty(10)).isFalse();
        }
        assertThat(platform.gate.awaitEmpty(30_000)).isTrue();
    }

    @Test
    void thatTalkNonsenseHarmNobody() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            try (SocketChannel channel = platform.connect()) {
                byte[] bytes = new byte[random.nextInt(1000)];
                random.nextBytes(bytes);
                if (random.nextBoolean()) {
                    channel.write(ByteBuffer.wrap("HIKAE\2".getBytes(StandardCharsets.US_ASCII)));
                }
                writeTillClosed(channel, bytes);
            }
        }
        assertThat(platform.run("say", "alive").out()).as("seed %d", seed).isEqualTo("alive\n");
    }

    private void writeTillClosed(SocketChannel channel, byte[] bytes) {
        try {
            channel.write(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("Broken pipe");
        }
    }

    @Test
    void thatSpeakOutOfTurnAreTurnedAway() throws IOException {
        for (FrameType type : List.of(FrameType.EXIT, FrameType.LINE, FrameType.COMPLETE, FrameType.REQUEST)) {
            try (TestClient client = platform.client()) {
                client.request(new Request.Command("say", List.of("x")));
                client.result();
            }
            try (TestClient client = platform.client()) {
                client.connection.send(type, new byte[type.limit() == 4 ? 4 : 0]);
                assertThat(client.connection.read()).as(type.name()).isNull();
            }
        }
    }
}
