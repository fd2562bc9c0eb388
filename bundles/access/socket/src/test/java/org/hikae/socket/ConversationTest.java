package org.hikae.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.hikae.wire.Frame;
import org.hikae.wire.FrameType;
import org.hikae.wire.Ownership;
import org.hikae.wire.Request;
import org.hikae.wire.Words;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConversationTest {
    @TempDir
    Path home;

    private TestPlatform platform;

    @BeforeEach
    void open() throws IOException {
        platform = new TestPlatform(home);
        platform.command("say", (session, arguments) -> {
            arguments.forEach(argument -> session.getConsole().println(argument));
            return null;
        });
        platform.command("fail", (session, arguments) -> {
            if (arguments.size() > 1) {
                session.put("hikae.exit", Integer.parseInt(arguments.get(1).toString()));
            }
            throw new IOException(arguments.get(0).toString());
        });
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Nested
    class Commands {

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

    @Nested
    class Scripts {

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
                assertThat(ByteBuffer.wrap(client.expect(FrameType.JOB).content())
                                .getLong())
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

    @Nested
    class Input {

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

    @Nested
    class CtrlC {

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

    @Nested
    class Shells {

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

    @Nested
    class Clients {

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

    @Nested
    class TheEnd {

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

    @Test
    void theSocketIsTheOwnersAlone() throws IOException {
        assertThat(Files.getPosixFilePermissions(home.resolve("socket"))).isEqualTo(Ownership.PRIVATE_FILE);
    }
}
