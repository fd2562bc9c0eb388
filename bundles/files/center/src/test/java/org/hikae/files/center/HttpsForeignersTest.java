package org.hikae.files.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.hikae.api.files.RunInfo;
import org.hikae.files.center.authority.CertificateAuthority;
import org.hikae.files.center.authority.Enrolment;
import org.hikae.files.center.authority.Members;
import org.hikae.files.transfer.identity.Identity;
import org.hikae.files.transfer.identity.Keys;
import org.hikae.files.transfer.identity.Token;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.PollRequest;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.message.VersionsRequest;
import org.junit.jupiter.api.Test;

/** The center over real TLS, with those who may not, or no more, or too much. */
class HttpsForeignersTest extends HttpsFixture {

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
    void aLoopOfRelaysIsNoticed() throws Exception {
        Lab.Client relay = lab.join("r1", false);
        PollRequest request = new PollRequest(UUID.randomUUID(), 1, List.of(lab.home.id()), List.of(), false);
        assertThat(code(lab.post(relay.http, Protocol.POLL, Messages.write(request))))
                .isEqualTo(ErrorReply.LOOP);
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
