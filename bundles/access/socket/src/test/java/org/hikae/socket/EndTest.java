package org.hikae.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.hikae.wire.FrameType;
import org.hikae.wire.Request;
import org.junit.jupiter.api.Test;

/** A platform that ends while clients come. */
class EndTest extends ConversationFixture {

    @Test
    void refusesWhatHasNotBegun() throws Exception {
        try (TestClient greeted = platform.client()) {
            platform.gate.close();
            greeted.request(new Request.Command("say", List.of("x")));
            assertThat(greeted.result().code()).isEqualTo(TestClient.CLOSING);
        }
    }

    @Test
    void tellsThoseWhoHaveNotAsked() throws Exception {
        try (TestClient greeted = platform.client()) {
            await().until(() -> platform.isSocketThere());
            platform.gate.close();
            platform.close();
            assertThat(greeted.connection.read().type()).isEqualTo(FrameType.CLOSING);
        }
        assertThat(platform.isSocketThere()).isFalse();
    }

    /** Each command is carried out once, or its client is sent away before: never both, and never neither. */
    @Test
    void losesNoCommand() throws Exception {
        AtomicInteger carriedOut = new AtomicInteger();
        platform.command("count", (session, arguments) -> {
            carriedOut.incrementAndGet();
            return null;
        });
        List<CompletableFuture<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clients.add(CompletableFuture.supplyAsync(this::countUntilClosing, task -> new Thread(task).start()));
        }
        await().until(() -> carriedOut.get() > 20);
        while (!platform.gate.closeWhenIdle(10, () -> false)) {
            Thread.onSpinWait();
        }
        platform.close();
        int told = 0;
        for (CompletableFuture<Integer> client : clients) {
            told += client.get();
        }
        assertThat(carriedOut).hasValue(told);
    }

    private int countUntilClosing() {
        int told = 0;
        try {
            while (true) {
                try (TestClient client = greeted()) {
                    if (client == null) {
                        return told;
                    }
                    requestOrRead(client);
                    if (client.result().code() == TestClient.CLOSING) {
                        return told;
                    }
                    told++;
                }
            }
        } catch (IOException e) {
            throw new AssertionError("a client that had asked was not answered", e);
        }
    }

    /** What the platform said before it closed the connection is there to be read all the same. */
    private void requestOrRead(TestClient client) {
        try {
            client.request(new Request.Command("count", List.of()));
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("Broken pipe");
        }
    }

    private TestClient greeted() {
        try {
            return platform.client();
        } catch (IOException e) {
            return null;
        }
    }

    @Test
    void waitsForCommandsThatWereCancelled() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        platform.command("work", (session, arguments) -> {
            CountDownLatch cancelled = new CountDownLatch(1);
            @SuppressWarnings("unchecked")
            Consumer<Runnable> onCancel = (Consumer<Runnable>) session.get("hikae.onCancel");
            onCancel.accept(cancelled::countDown);
            started.countDown();
            cancelled.await();
            throw new IOException("cancelled");
        });
        try (TestClient client = platform.client()) {
            client.request(new Request.Command("work", List.of()));
            started.await();
            platform.gate.close();
            platform.listener.stopAccepting();
            platform.listener.cancelAll();
            assertThat(platform.gate.awaitEmpty(30_000)).isTrue();
            platform.close();
            assertThat(client.result().err()).isEqualTo("cancelled\n");
        }
    }
}
