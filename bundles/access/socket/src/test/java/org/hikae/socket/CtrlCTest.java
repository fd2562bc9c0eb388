package org.hikae.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hikae.wire.FrameType;
import org.hikae.wire.Request;
import org.junit.jupiter.api.Test;

/** A client that interrupts its command. */
class CtrlCTest extends ConversationFixture {

    @Test
    void isForTheCommandToActOn() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        platform.command("work", (session, arguments) -> {
            CountDownLatch cancelled = new CountDownLatch(1);
            onCancel(session.get("hikae.onCancel")).accept(cancelled::countDown);
            started.countDown();
            assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(Thread.interrupted()).as("interrupted").isFalse();
            throw new IOException("job 3 was cancelled");
        });
        try (TestClient client = platform.client()) {
            client.request(new Request.Script("", "work; say never"));
            started.await();
            client.connection.send(FrameType.CANCEL);
            assertThat(client.result())
                    .isEqualTo(new TestClient.Result(1, "", "job 3 was cancelled\n", "<job 3 was cancelled\n"));
        }
    }

    @SuppressWarnings("unchecked")
    private Consumer<Runnable> onCancel(Object variable) {
        return (Consumer<Runnable>) variable;
    }

    @Test
    void interruptsCommandsThatDoNot() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        platform.command("sleep", (session, arguments) -> {
            started.countDown();
            Thread.sleep(60_000);
            return null;
        });
        try (TestClient client = platform.client()) {
            client.request(new Request.Command("sleep", List.of()));
            started.await();
            client.connection.send(FrameType.CANCEL);
            assertThat(client.result().err()).isEqualTo("The command was cancelled\n");
        }
    }

    @Test
    void endsInput() throws IOException {
        platform.command("all", (session, arguments) -> {
            onCancel(session.get("hikae.onCancel")).accept(() -> {});
            return session.getKeyboard().readAllBytes().length;
        });
        try (TestClient client = platform.client()) {
            client.request(new Request.Command("all", List.of()));
            client.expect(FrameType.WANT);
            client.connection.send(FrameType.CANCEL);
            assertThat(client.result().out()).isEqualTo("0\n");
        }
    }
}
