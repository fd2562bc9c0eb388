package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.hikae.api.files.RunInfo;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.Protocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I9: over the network, nothing that a sender says takes more than its share, gets out of its place, or keeps others from being served. */
class HostileSendersIT {

    private static final int ASKERS = 12;

    private static final String VERY_LONG = "9".repeat(4000);
    private static final int STATUS_LENGTH = "HTTP/1.1 200".length();
    private static final int PATH_MOST = 65_535;

    @TempDir
    static Path folder;

    private static Besieged besieged;

    @BeforeAll
    static void begin() throws IOException, InterruptedException {
        besieged = new Besieged(folder);
    }

    @AfterAll
    static void end() throws InterruptedException {
        if (besieged != null) {
            besieged.close();
        }
    }

    @AfterEach
    void checkUnharmed() throws IOException, InterruptedException {
        besieged.assertUnharmed();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String hear(Socket socket, byte[] said) {
        try (socket) {
            return Door.talk(socket, said, STATUS_LENGTH);
        } catch (IOException e) {
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Besieged.CENTER, Besieged.RELAY})
    void nothingButTls13IsSpoken(String where) throws Exception {
        Door door = besieged.door(where);
        byte[] about = latin1("GET " + Protocol.ROOT + "about HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        assertThat(hear(door.plain(), about)).doesNotContain("200");
        assertThat(hear(door.plain(), latin1("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")))
                .doesNotContain("200");
        assertThat(hear(door.plain(), latin1("\u0016\u0003\u0001\u00ff\u00ff" + "x".repeat(20_000))))
                .doesNotContain("200");
        assertThat(hear(door.anybody("TLSv1.2"), about)).isEmpty();
        assertThat(hear(door.anybody("TLSv1.3"), about)).isEqualTo("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {Besieged.CENTER, Besieged.RELAY})
    void requestsThatTwoMayReadInTwoWaysAreRefused(String where) throws Exception {
        Door.Member mallory = besieged.join(where, besieged.name());
        String poll = Protocol.ROOT + Protocol.POLL;
        String type = "Host: 127.0.0.1\r\nContent-Type: " + Protocol.JSON + "\r\n";
        for (String request : List.of(
                "POST " + poll + " HTTP/1.1\r\n" + type + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}\n",
                "POST " + poll + " HTTP/1.1\r\n" + type + "Content-Length: -1\r\n\r\n",
                "POST " + poll + " HTTP/1.1\r\n" + type + "Content-Length: " + VERY_LONG + "\r\n\r\n",
                "POST " + poll + " HTTP/1.1\r\n" + type
                        + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
                "POST " + poll + " HTTP/1.1\r\n" + type + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
                "POST " + poll + " HTTP/1.1\r\n" + type + "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n",
                "POST http://elsewhere" + poll + " HTTP/1.1\r\n" + type + "Content-Length: 0\r\n\r\n",
                "TRACE " + poll + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                "CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                "DELETE " + poll + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                "GET " + Protocol.ROOT + "%61bout HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                "GET " + Protocol.ROOT + "../1/about HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                "GET " + Protocol.ROOT + "about\u0000 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")) {
            assertThat(hear(mallory.socket(), latin1(request))).as(request).matches("HTTP/1.1 [45]..|");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Besieged.CENTER, Besieged.RELAY})
    void whatIsTooLargeIsNotTaken(String where) throws Exception {
        String name = besieged.name();
        Door.Member mallory = besieged.join(where, name);
        String poll = Protocol.ROOT + Protocol.POLL;
        String head = "POST " + poll + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + Protocol.JSON + "\r\n";
        assertThat(hear(mallory.socket(), latin1(head + "X: " + "x".repeat(1 << 20))))
                .matches("HTTP/1.1 4..|");
        assertThat(hear(mallory.socket(), latin1(head + "X: y\r\n".repeat(1 << 16))))
                .matches("HTTP/1.1 4..|");
        assertThat(hear(mallory.socket(), latin1("POST /" + "x".repeat(1 << 20))))
                .matches("HTTP/1.1 4..|");
        // Nobody says beforehand how long it is going to be.
        String chunk = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";
        byte[] endless = latin1(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(6));
        assertThat(hear(mallory.socket(), endless)).matches("HTTP/1.1 413|");
        for (String message : List.of(
                "[".repeat(1 << 20),
                "{\"a\":".repeat(1 << 19),
                "\"" + "x".repeat(3 << 20) + "\"",
                "{\"incarnation\":\"" + "x".repeat(1 << 20) + "\"}",
                "{" + "\"a\":1,".repeat(1 << 18) + "\"b\":2}",
                CraftedMessages.poll("1e999999999", "[]", "[]"),
                CraftedMessages.poll(VERY_LONG, "[]", "[]"),
                CraftedMessages.poll("-1", "[]", "[]"),
                CraftedMessages.poll("9223372036854775808", "[]", "[]"),
                CraftedMessages.poll(
                        "1", "[" + ("\"" + new java.util.UUID(1, 1) + "\",").repeat(5000) + "\"x\"]", "[]"),
                CraftedMessages.poll("1", "[]", "[" + "1,".repeat(1 << 20) + "1]"),
                CraftedMessages.poll("1", "[]", CraftedMessages.runs(name, 1001)),
                CraftedMessages.poll(
                        "1",
                        "[]",
                        CraftedMessages.runs(name, 1).replace("\"number\":1", "\"number\":9223372036854775808")),
                CraftedMessages.poll("1", "[]", CraftedMessages.runs(name, 1).replace("\"frames\":1", "\"frames\":-1")),
                CraftedMessages.poll("1", "[]", CraftedMessages.runs(name, 1).replace("\"bytes\":1", "\"bytes\":1e30")),
                CraftedMessages.poll(
                        "1", "[]", CraftedMessages.runs(name, 1).replace("\"number\":1", "\"number\":1.5")),
                CraftedMessages.poll("1", "[]", CraftedMessages.runs(name, 1).replace("2026", "+1000000000000")),
                "\u0000",
                "",
                "null",
                "1",
                "{}",
                "[]",
                "{\"incarnation\":null}")) {
            HttpResponse<byte[]> answer = mallory.post(Protocol.POLL, latin1(message));
            assertThat(answer.statusCode())
                    .as(message.substring(0, Math.min(message.length(), 200)))
                    .isBetween(400, 499);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Besieged.CENTER, Besieged.RELAY})
    void numbersAtTheirEndsAreOnlyNumbers(String where) throws Exception {
        String name = besieged.name();
        Door.Member mallory = besieged.join(where, name);
        RunInfo huge = new RunInfo(
                Door.run(name, Long.MAX_VALUE, 0, 1, 1).id(),
                CraftedRun.IDENTITY,
                0,
                java.time.Instant.MAX.minusSeconds(1L << 40),
                null,
                true,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE);
        HttpResponse<byte[]> told = mallory.poll(List.of(huge));
        assertThat(told.statusCode())
                .as(new String(told.body(), StandardCharsets.UTF_8))
                .isIn(200, 400);
        // The center's own commands can show it, and collect others.
        besieged.party(where).ok("center plan; center requests --json; center status; center clients; center history");
    }

    @ParameterizedTest
    @ValueSource(strings = {Besieged.CENTER, Besieged.RELAY})
    void namesLeadNowhereElse(String where) throws Exception {
        String name = besieged.name();
        Door.Member mallory = besieged.join(where, name);
        Map<String, Long> before = outside(where);
        String runs = Protocol.ROOT + Protocol.RUNS + "/";
        for (String path : List.of(
                runs + name + "/../1/0",
                runs + "../../b/1/0",
                runs + name + "/%2e%2e/1/0",
                runs + name + "/..%2f..%2fx/1/0",
                runs + name + "/b%00/1/0",
                runs + name + "//etc/1/0",
                runs + name + "/b\\..\\x/1/0",
                runs + name + "/" + "x".repeat(300) + "/1/0",
                runs + name + "/\u00ff\u00fe/1/0",
                runs + name + "/./1/0",
                runs + name + "/.../1/0",
                runs + name + "/b/1/0;x=/../..",
                runs + name + "/b/0/0",
                runs + name + "/b/1e3/0",
                runs + name + "/b/1/2147483648",
                runs + name + "/b/1/9223372036854775808",
                runs + name + "/-/1/0")) {
            assertThat(mallory.status(besieged.door(where).request("PUT", path, Protocol.FRAMES, new byte[0])))
                    .as(path)
                    .matches("HTTP/1.1 4..|");
        }
        long number = 0;
        for (byte[] path : List.of(
                latin1("relative"),
                latin1("/a/../b"),
                latin1("/.."),
                latin1("/a/./b"),
                latin1("/a//b"),
                latin1("/a/"),
                latin1("/a\u0000b"),
                latin1(""),
                latin1("//"),
                latin1("C:\\x"),
                latin1("/" + "x".repeat(PATH_MOST)))) {
            number++;
            HttpResponse<byte[]> refused = mallory.send(
                    name,
                    number,
                    0,
                    new CraftedRun(Door.BACKUP, number, 0).file(path, "x").finish());
            assertThat(refused.statusCode())
                    .as(new String(path, StandardCharsets.ISO_8859_1))
                    .isEqualTo(400);
        }
        // Names that only look strange are names.
        number++;
        CraftedRun strange = new CraftedRun(Door.BACKUP, number, 0);
        for (String path : List.of(
                "/\u00ff\u0080",
                "/a\\..\\..\\b",
                "/ ",
                "/\n",
                "/..a/...",
                "/%2e%2e/x",
                "/" + "y".repeat(PATH_MOST - 1))) {
            strange.file(latin1(path), "x");
        }
        assertThat(mallory.send(name, number, 0, strange.finish()).statusCode()).isEqualTo(200);
        assertThat(outside(where)).isEqualTo(before);
    }

    /** All files but the platform's own, which no sender should be able to reach, with their lengths. */
    private static Map<String, Long> outside(String where) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        Party party = besieged.party(where);
        for (Path each : Kill.walk(party.folder())) {
            if (!each.startsWith(party.medium())
                    && !each.startsWith(party.folder().resolve("home"))) {
                files.put(each.toString(), Files.size(each));
            }
        }
        try (Stream<Path> above = Files.list(folder)) {
            above.forEach(each -> files.put(each.toString(), 0L));
        }
        files.keySet().removeIf(file -> file.contains("output"));
        return files;
    }

    @ParameterizedTest
    @ValueSource(strings = {Besieged.CENTER, Besieged.RELAY})
    void framesThatAreNotWhatTheySayAreRefused(String where) throws Exception {
        String name = besieged.name();
        Door.Member mallory = besieged.join(where, name);
        byte[] gibibyte = CraftedMessages.bomb(1 << 10);
        byte[] small = Zstd.compress(new byte[1 << 20], 3);
        List<CraftedRun> bad = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            bad.add(new CraftedRun(Door.BACKUP, i, 0));
        }
        bad.get(0).frame(CraftedRun.ZSTD, 1 << 20, gibibyte, new byte[0]);
        bad.get(1).frame(CraftedRun.ZSTD, Integer.MAX_VALUE, gibibyte, new byte[0]);
        bad.get(2).frame(CraftedRun.ZSTD, -1, small, new byte[0]);
        bad.get(3).frame(CraftedRun.ZSTD, (1 << 20) - 1, small, new byte[1 << 20]);
        bad.get(4).frame(CraftedRun.PLAIN, 1 << 20, new byte[10], new byte[10]);
        bad.get(5).begin(latin1("/x"), Long.MAX_VALUE).data(Long.MAX_VALUE - 1, new byte[10]);
        bad.get(6).begin(latin1("/x"), -1).data(0, new byte[10]);
        bad.get(7).item(2, out -> out.writeInt(Integer.MAX_VALUE));
        // All frames before a bad one are kept: they can be told from none of an honest sender that was cut off.
        bad.get(8).file("/kept", "y").finish(Long.MAX_VALUE, -1, 1L << 62);
        long number = 0;
        for (CraftedRun run : bad) {
            number++;
            if (number > 5 && number < 9) {
                run.finish();
            }
            assertThat(mallory.send(name, number, 0, run).statusCode())
                    .as("run %d", number)
                    .isBetween(400, 499);
        }
        // Lengths in headers that nothing follows.
        RunInfo run = Door.run(name, number + 1, 0, 1, 100);
        assertThat(mallory.order(run)).isPresent();
        byte[] header = CraftedRun.header(CraftedRun.PLAIN, 0, 1 << 20, Integer.MAX_VALUE, 0);
        assertThat(mallory.put(run.id(), 0, Arrays.copyOf(header, 1 << 20)).statusCode())
                .isEqualTo(400);
        assertThat(besieged.party(where).ok("center files --client " + name + " --json"))
                .doesNotContain("/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {Besieged.CENTER, Besieged.RELAY})
    void manyThatAreSlowKeepNobodyOut(String where) throws Exception {
        String name = besieged.name();
        Door.Member mallory = besieged.join(where, name);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                Socket plain = besieged.door(where).plain();
                slow.add(plain);
                plain.getOutputStream().write(0x16);
                SSLSocket header = mallory.socket();
                slow.add(header);
                header.getOutputStream().write(latin1("POST " + Protocol.ROOT));
                SSLSocket body = mallory.socket();
                slow.add(body);
                byte[] head = besieged.door(where).head("POST", Protocol.ROOT + Protocol.POLL, Protocol.JSON, 1000);
                body.getOutputStream().write(head);
                body.getOutputStream().write('{');
                SSLSocket stranger = besieged.door(where).anybody("TLSv1.3");
                slow.add(stranger);
                stranger.getOutputStream()
                        .write(besieged.door(where).head("POST", Protocol.ROOT + Protocol.ENROLL, Protocol.JSON, 1000));
            }
            besieged.assertUnharmed();
        } finally {
            for (Socket each : slow) {
                each.close();
            }
        }
        assertThat(mallory.poll(List.of(Door.run(name, 1, 0, 1, 1))).statusCode())
                .isIn(200, 503);
    }

    @Test
    void whoAsksForTooMuchIsSentAwayAndOthersAreNot() throws Exception {
        String name = besieged.name();
        Door.Member mallory = besieged.join(Besieged.CENTER, name);
        java.net.http.HttpRequest poll = java.net.http.HttpRequest.newBuilder(
                        besieged.door(Besieged.CENTER).uri(Protocol.POLL))
                .header("Content-Type", Protocol.JSON)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(Messages.write(mallory.next(List.of()))))
                .build();
        Set<Integer> codes = ConcurrentHashMap.newKeySet();
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Void>> askers = new ArrayList<>();
        for (int i = 0; i < ASKERS; i++) {
            askers.add(Kill.begin(() -> {
                // On connections that stay: a machine that is busy opens few a second.
                while (!over.get()) {
                    codes.add(mallory.http
                            .sendAsync(poll, HttpResponse.BodyHandlers.discarding())
                            .handle((response, failure) -> failure == null ? response.statusCode() : 0)
                            .join());
                }
            }));
        }
        try {
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> codes.contains(503));
            besieged.assertUnharmed();
        } finally {
            over.set(true);
            askers.forEach(CompletableFuture::join);
        }
        assertThat(codes).isSubsetOf(0, 200, 409, 503);
    }
}
