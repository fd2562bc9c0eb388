package org.hikae.files.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.hikae.api.files.RunId;
import org.hikae.api.files.RunInfo;
import org.hikae.files.center.authority.CertificateAuthority;
import org.hikae.files.center.authority.Enrolment;
import org.hikae.files.center.authority.Members;
import org.hikae.files.transfer.identity.Identity;
import org.hikae.files.transfer.identity.Keys;
import org.hikae.files.transfer.identity.TlsContexts;
import org.hikae.files.transfer.identity.Token;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.PollReply;
import org.hikae.files.transfer.message.PollRequest;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.message.UploadReply;
import org.hikae.files.transfer.message.VersionsRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The center over real TLS, with clients as they should be and others. */
class HttpsTest {

    @TempDir
    Path folder;

    private Lab lab;

    @BeforeEach
    void listen() throws IOException {
        lab = new Lab(folder.resolve("center"));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static String code(HttpResponse<byte[]> answer) throws IOException {
        return Messages.errorReply(answer.body()).code();
    }

    @Test
    void tellsEverybodyWhatItSpeaksAndNothingElse() throws Exception {
        HttpResponse<byte[]> about = lab.stranger()
                .send(HttpRequest.newBuilder(lab.uri("about")).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(about.statusCode()).isEqualTo(200);
        assertThat(Messages.about(about.body()).id()).isEqualTo(lab.home.id());
        assertThat(about.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");

        byte[] poll = Messages.write(new PollRequest(UUID.randomUUID(), 1, List.of(), List.of(), false));
        HttpResponse<byte[]> refused = lab.post(lab.stranger(), Protocol.POLL, poll);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(code(refused)).isEqualTo(ErrorReply.REVOKED);
    }

    @Test
    void receivesWhatItHasOrderedAndGivesTheReceipt() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 3, 100_000);

        PollReply.Order order = alice.order(List.of(run), run);
        assertThat(order.fromFrame()).isZero();
        HttpResponse<byte[]> done = alice.put(run.id(), 0, Lab.frames(0, 3, 100_000));

        assertThat(Messages.uploadReply(done.body()))
                .isEqualTo(new UploadReply(run.identity(), 3, true, UploadReply.Why.COMPLETE));
        assertThat(lab.store.stored(run).complete()).isTrue();
        // A receipt is repeated whenever it is asked for.
        PollReply again = Messages.pollReply(alice.poll(List.of(run)).body());
        assertThat(again.receipts()).containsExactly(new PollReply.Receipt(run.id(), run.identity(), 3, true));
        assertThat(lab.history("alice")).singleElement().satisfies(transfer -> assertThat(transfer.outcome())
                .isEqualTo("complete"));
    }

    @Test
    void takesAPartAfterTheOtherUnderOneOrder() throws Exception {
        lab.store.partFrames = 2;
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 5, 1000);
        alice.order(List.of(run), run);

        assertThat(Messages.uploadReply(
                        alice.put(run.id(), 0, Lab.frames(0, 2, 1000)).body()))
                .isEqualTo(new UploadReply(run.identity(), 2, false, UploadReply.Why.PART));
        assertThat(Messages.uploadReply(
                        alice.put(run.id(), 2, Lab.frames(2, 2, 1000)).body()))
                .isEqualTo(new UploadReply(run.identity(), 4, false, UploadReply.Why.PART));
        assertThat(Messages.uploadReply(
                        alice.put(run.id(), 4, Lab.frames(4, 1, 1000)).body()))
                .isEqualTo(new UploadReply(run.identity(), 5, true, UploadReply.Why.COMPLETE));
    }

    @Test
    void refusesFramesThatNobodyAskedFor() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        HttpResponse<byte[]> refused = alice.put(new RunId("alice", "b", 1), 0, Lab.frames(0, 1, 1000));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(code(refused)).isEqualTo(ErrorReply.NO_ORDER);
        assertThat(lab.store.frames).isEmpty();
    }

    @Test
    void doesNotTakeTheSameFramesTwice() throws Exception {
        lab.store.partFrames = 2;
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 4, 1000);
        alice.order(List.of(run), run);
        byte[] first = Lab.frames(0, 2, 1000);
        alice.put(run.id(), 0, first);

        HttpResponse<byte[]> replayed = alice.put(run.id(), 0, first);
        assertThat(replayed.statusCode()).isEqualTo(409);
        // Nor as if they were others.
        HttpResponse<byte[]> shifted = alice.put(run.id(), 2, first);
        assertThat(shifted.statusCode()).isEqualTo(400);
        assertThat(lab.store.stored(run).frames()).isEqualTo(2);
    }

    @Test
    void whatIsDamagedIsRefusedAndWhatCameBeforeIsKept() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 3, 1000);
        alice.order(List.of(run), run);
        byte[] body = Lab.frames(0, 3, 1000);
        body[body.length - 1] ^= 1;

        HttpResponse<byte[]> refused = alice.put(run.id(), 0, body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(code(refused)).isEqualTo(ErrorReply.INVALID);
        assertThat(lab.store.stored(run).frames()).isEqualTo(2);
        PollReply told = Messages.pollReply(alice.poll(List.of(run)).body());
        assertThat(told.problems()).singleElement().satisfies(each -> assertThat(each.run())
                .isEqualTo(run.id()));
    }

    @Test
    void aLengthBeyondTheLimitIsNotBelieved() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 1, 1000);
        alice.order(List.of(run), run);
        byte[] body = Lab.frames(0, 1, 1000);
        Arrays.fill(body, 20, 24, (byte) 0x7f);
        assertThat(alice.put(run.id(), 0, body).statusCode()).isEqualTo(400);
        assertThat(lab.store.frames).isEmpty();
    }

    @Test
    void aSenderThatGoesAwayLosesNoWholeFrame() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 1, 0, 3, 50_000);
        alice.order(List.of(run), run);
        byte[] body = Lab.frames(0, 3, 50_000);
        cutOff(alice, run, Arrays.copyOf(body, body.length - 100), body.length);

        Lab.await(() -> lab.store.stored(run).frames() == 2);
        Lab.await(() -> !history("alice").isEmpty());
        assertThat(history("alice")).singleElement().satisfies(each -> {
            assertThat(each.outcome()).isEqualTo("cut");
            assertThat(each.frames()).isEqualTo(2);
        });
    }

    private List<org.hikae.api.files.center.Transfer> history(String client) {
        return lab.history(client);
    }

    /** Promises more than comes. */
    private void cutOff(Lab.Client client, RunInfo run, byte[] body, int promised)
            throws IOException, InterruptedException {
        try (SSLSocket socket = socket(client.identity)) {
            OutputStream out = socket.getOutputStream();
            String path = String.join("/", Protocol.RUNS, run.id().origin(), "b", "1", "0");
            out.write(head("PUT", Protocol.ROOT + path, Protocol.FRAMES, promised));
            out.write(body);
            out.flush();
            // What has not been read yet when a connection is reset is lost on its way.
            Lab.await(() -> lab.center.collector().transfers().stream().anyMatch(each -> each.frames() == 2));
        }
    }

    private byte[] head(String method, String path, String type, int length) {
        return (method + " " + path + " HTTP/1.1\r\nHost: " + lab.address + "\r\nContent-Type: " + type
                        + "\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private SSLSocket socket(Identity identity) throws IOException {
        var context = TlsContexts.of(identity, Clock.systemUTC());
        return (SSLSocket) context.getSocketFactory().createSocket(lab.address.host(), lab.address.port());
    }

    private String raw(Identity identity, byte[] request) throws IOException {
        try (SSLSocket socket = socket(identity)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void nobodySpeaksForAnother() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        Lab.Client mallory = lab.join("mallory", false);
        RunInfo run = Lab.run("alice", 1, 0, 1, 1000);
        alice.order(List.of(run), run);

        assertThat(code(mallory.poll(List.of(run)))).isEqualTo(ErrorReply.FOREIGN);
        assertThat(code(mallory.put(run.id(), 0, Lab.frames(0, 1, 1000)))).isEqualTo(ErrorReply.FOREIGN);
        for (String origin : List.of("alice", "alice@bob", "mallory@alice", "alice@mallory2")) {
            byte[] ask = Messages.write(new VersionsRequest(origin, null, null, false, null, true, null, 10));
            HttpResponse<byte[]> refused = lab.post(mallory.http, Protocol.VERSIONS, ask);
            assertThat(refused.statusCode()).as(origin).isEqualTo(403);
        }
        byte[] below = Messages.write(new VersionsRequest("x@mallory", null, null, false, null, true, null, 10));
        assertThat(lab.post(mallory.http, Protocol.VERSIONS, below).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aCertificateOfAnotherAuthorityOpensNothing() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        CertificateAuthority forged = CertificateAuthority.open(folder.resolve("forged"), Clock.systemUTC());
        KeyPair pair = Keys.generate();
        try (Members members = Members.open(folder.resolve("forged"))) {
            Enrolment enrolment = new Enrolment(forged, members, Clock.systemUTC());
            Token token = enrolment.invite("alice", false);
            String key = Keys.text(pair.getPublic());
            var member = enrolment.enroll(token.text(), key, Keys.prove(pair.getPrivate(), token, key));
            Identity identity = new Identity(
                    pair.getPrivate(),
                    member.certificate(),
                    lab.home.authority().certificate());
            String path = Protocol.ROOT + Protocol.POLL;
            assertThatThrownBy(() -> {
                        String answer = raw(identity, head("POST", path, Protocol.JSON, 0));
                        assertThat(answer).doesNotContain("200");
                        throw new IOException("refused");
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(alice.poll(List.of(Lab.run("alice", 1, 0, 1, 1))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoIsRevokedIsAnsweredAtOnceAndNeverAgain() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        CompletableFuture<HttpResponse<byte[]>> waiting = alice.http.sendAsync(
                HttpRequest.newBuilder(lab.uri(Protocol.POLL))
                        .header("Content-Type", Protocol.JSON)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Messages.write(alice.next(List.of()))))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        Lab.await(() -> lab.center.collector().heard().containsKey("alice"));
        lab.home.members().revoke("alice");
        lab.center.collector().expel("alice");

        assertThat(waiting.get().statusCode()).isIn(403, 503);
        // On the connection that is open, too.
        assertThat(code(alice.poll(List.of()))).isEqualTo(ErrorReply.REVOKED);
    }

    @Test
    void aTokenIsGoodOnce() throws Exception {
        Token token = lab.home.enrolment().invite("alice", false);
        KeyPair pair = Keys.generate();
        HttpResponse<byte[]> first = lab.enroll(token, pair);
        assertThat(first.statusCode()).isEqualTo(200);
        // The answer may have been lost: the same key gets it again, and no other.
        assertThat(lab.enroll(token, pair).body()).isEqualTo(first.body());
        HttpResponse<byte[]> stolen = lab.enroll(token, Keys.generate());
        assertThat(stolen.statusCode()).isEqualTo(403);
        assertThat(code(stolen)).isEqualTo(ErrorReply.TOKEN);
    }

    @Test
    void whoTakesAPlaceEndsTheFormerOneAndGoesOnWithItsNumbers() throws Exception {
        Lab.Client lost = lab.join("alice", false);
        RunInfo run = Lab.run("alice", 4, 0, 1, 1000);
        lost.order(List.of(run), run);
        lost.put(run.id(), 0, Lab.frames(0, 1, 1000));
        lost.poll(List.of(Lab.run("alice", 6, 0, 1, 1000)));

        Lab.Client successor = lab.join("alice", true);
        assertThat(successor.lastRuns).containsEntry("b", 6L);
        assertThat(code(lost.poll(List.of()))).isEqualTo(ErrorReply.REVOKED);
        assertThat(successor.poll(List.of(Lab.run("alice", 7, 0, 1, 10))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPollIsNotTakenTwice() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        byte[] poll = Messages.write(alice.next(List.of(Lab.run("alice", 1, 0, 1, 10))));
        assertThat(lab.post(alice.http, Protocol.POLL, poll).statusCode()).isEqualTo(200);
        assertThat(lab.post(alice.http, Protocol.POLL, poll).statusCode()).isEqualTo(409);
    }

    @Test
    void aLoopOfRelaysIsNoticed() throws Exception {
        Lab.Client relay = lab.join("r1", false);
        PollRequest request = new PollRequest(UUID.randomUUID(), 1, List.of(lab.home.id()), List.of(), false);
        assertThat(code(lab.post(relay.http, Protocol.POLL, Messages.write(request))))
                .isEqualTo(ErrorReply.LOOP);
    }

    @Test
    void whatItBuildsUponHasToBeThere() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        RunInfo orphan = Lab.run("alice", 5, 4, 1, 1000);
        PollReply reply = Messages.pollReply(alice.poll(List.of(orphan)).body());
        assertThat(reply.full()).containsExactly(new PollReply.Full("alice", "b", 5));
        assertThat(reply.problems()).singleElement().satisfies(each -> assertThat(each.run())
                .isEqualTo(orphan.id()));
        assertThat(reply.orders()).isEmpty();

        RunInfo full = Lab.run("alice", 6, 0, 1, 1000);
        alice.order(List.of(orphan, full), full);
        alice.put(full.id(), 0, Lab.frames(0, 1, 1000));
        assertThat(Messages.pollReply(alice.poll(List.of(full)).body()).full()).isEmpty();
    }

    @Test
    void pathsAreTakenAsTheyStand() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        for (String path : List.of(
                "/hikae/files/1/runs/../../etc/1/0",
                "/hikae/files/1/runs/alice/b%2f1/1/0",
                "/hikae/files/1/runs/alice/b/1/0/../1",
                "/hikae/files/1/runs/alice/..;/1/0",
                "/hikae/files/1/runs/alice/b/01/0",
                "/hikae/files/1/runs/alice/b/-1/0",
                "/hikae/files/1/runs/alice/b/99999999999999999999/0",
                "/hikae/files/1//runs/alice/b/1/0",
                "/hikae/files/1/runs/alice/b/1/0?x=1",
                "/hikae/files/1/runs/alice/b/1",
                "/hikae/files/2/poll",
                "/")) {
            String answer = raw(alice.identity, head("PUT", path, Protocol.FRAMES, 0));
            assertThat(answer).as(path).matches("HTTP/1.1 4..");
        }
    }

    @Test
    void whatIsTooLargeIsNotRead() throws Exception {
        Lab.Client alice = lab.join("alice", false);
        byte[] large = head("POST", Protocol.ROOT + Protocol.POLL, Protocol.JSON, Protocol.MAX_REQUEST + 1);
        assertThat(raw(alice.identity, large)).isEqualTo("HTTP/1.1 413");
        byte[] enroll = head("POST", Protocol.ROOT + Protocol.ENROLL, Protocol.JSON, 1 << 20);
        assertThat(raw(alice.identity, enroll)).isEqualTo("HTTP/1.1 413");
        byte[] header = ("GET " + Protocol.ROOT + "about HTTP/1.1\r\nHost: " + lab.address + "\r\nX: "
                        + "x".repeat(20_000) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(raw(alice.identity, header)).matches("HTTP/1.1 4..");
        byte[] deep = "[".repeat(5000).getBytes(StandardCharsets.US_ASCII);
        assertThat(lab.post(alice.http, Protocol.POLL, deep).statusCode()).isEqualTo(400);
    }

    @Test
    void strangersCannotTakeAllRoom() throws Exception {
        var stranger = lab.stranger();
        HttpRequest about = HttpRequest.newBuilder(lab.uri("about")).build();
        int busy = 0;
        for (int i = 0; i < 100; i++) {
            HttpResponse<byte[]> answer = stranger.send(about, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == 503) {
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                busy++;
            }
        }
        assertThat(busy).isPositive();
        Lab.Client[] joined = new Lab.Client[1];
        Lab.await(() -> {
            try {
                joined[0] = lab.join("alice", true);
                return true;
            } catch (IOException | InterruptedException e) {
                return false;
            }
        });
        assertThat(joined[0].poll(List.of(Lab.run("alice", 1, 0, 1, 1))).statusCode())
                .isEqualTo(200);
    }
}
