package org.hikae.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.hikae.wire.FrameType;
import org.hikae.wire.Request;
import org.junit.jupiter.api.Test;

/** Scripts that a client sends. */
class ScriptsTest extends ConversationFixture {

    @Test
    void stopAtTheFirstCommandThatFails() throws IOException {
        TestClient.Result result = platform.script("say 1; say 007 'a b'\nfail no; say 2");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("1\n007\na b\n");
        assertThat(result.err()).isEqualTo("no\n");
    }

    @Test
    void forgetTheCodeOfAnEarlierFailure() throws IOException {
        try (TestClient client = platform.client()) {
            client.request(new Request.Shell());
            client.line("fail wrong 2");
            assertThat(client.result().code()).isEqualTo(2);
            client.line("fail again");
            assertThat(client.result().code()).isEqualTo(1);
            client.line("say x");
            assertThat(client.result().code()).isZero();
        }
    }

    @Test
    void nameTheLineThatFails() throws IOException {
        try (TestClient client = platform.client()) {
            client.request(new Request.Script("nightly", "say 1\n\nfail no\n"));
            assertThat(client.result().err()).isEqualTo("nightly:3: no\n");
        }
        try (TestClient client = platform.client()) {
            client.request(new Request.Script("nightly", "say 1\nsay \"open"));
            TestClient.Result result = client.result();
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.out())
                    .as("nothing is done of what is not understood")
                    .isEmpty();
            assertThat(result.err()).startsWith("nightly:2: This cannot be understood: ");
        }
    }

    @Test
    void endWithTheCodeTheyChoose() throws IOException {
        assertThat(platform.script("say 1; exit 3; say 2")).isEqualTo(new TestClient.Result(3, "1\n", "", ">1\n"));
        assertThat(platform.script("exit; say 2")).isEqualTo(new TestClient.Result(0, "", "", ""));
        for (String wrong : List.of("exit x", "exit 256", "exit -1", "exit 1 2")) {
            assertThat(platform.script(wrong).code()).as(wrong).isEqualTo(2);
        }
    }

    @Test
    void mayBeginWithAByteOrderMark() throws IOException {
        assertThat(platform.script("\uFEFFsay 1").out()).isEqualTo("1\n");
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored")
    void waitForWhatIsInTheBackground() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        platform.command("work", (session, arguments) -> {
            started.countDown();
            assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
            session.getConsole().println("worked");
            return null;
        });
        CompletableFuture.runAsync(() -> {
            try {
                started.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            go.countDown();
        });
        TestClient.Result result = platform.script("work &; say first");
        assertThat(result.code()).isZero();
        assertThat(result.out().lines()).containsExactlyInAnyOrder("first", "worked");
    }

    @Test
    void failWithWhatFailsInTheBackground() throws IOException {
        TestClient.Result result = platform.script("fail later &; say first");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("first\n");
        assertThat(result.err()).isEqualTo("later\n");
    }

    @Test
    void sayWhichJobGoesOnWithoutTheClient() throws IOException {
        platform.command("follow", (session, arguments) -> {
            ((LongConsumer) session.get("hikae.onJob")).accept(1L << 40);
            return null;
        });
        try (TestClient client = platform.client()) {
            client.request(new Request.Command("follow", List.of()));
            assertThat(ByteBuffer.wrap(client.expect(FrameType.JOB).content()).getLong())
                    .isEqualTo(1L << 40);
            assertThat(client.result().code()).isZero();
        }
    }

    @Test
    void areNotUnderstoodWhenBroken() throws IOException {
        for (String broken : List.of("say 'open", "say %", "say {", "(", "say [a")) {
            TestClient.Result result = platform.script(broken);
            assertThat(result.code()).as(broken).isEqualTo(2);
            assertThat(result.err().lines()).as(broken).hasSize(1);
        }
    }
}
