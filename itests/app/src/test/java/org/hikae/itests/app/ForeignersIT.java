package org.hikae.itests.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.hikae.api.files.RunInfo;
import org.hikae.api.fs.FileName;
import org.hikae.files.center.authority.CertificateAuthority;
import org.hikae.files.center.authority.Enrolment;
import org.hikae.files.center.authority.Members;
import org.hikae.files.transfer.identity.Identity;
import org.hikae.files.transfer.identity.Keys;
import org.hikae.files.transfer.identity.TlsContexts;
import org.hikae.files.transfer.identity.Token;
import org.hikae.files.transfer.message.ContentRequest;
import org.hikae.files.transfer.message.ErrorReply;
import org.hikae.files.transfer.message.Messages;
import org.hikae.files.transfer.message.PollRequest;
import org.hikae.files.transfer.message.Protocol;
import org.hikae.files.transfer.message.VersionKey;
import org.hikae.files.transfer.message.VersionsRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I8, R25: over the network, nobody gets to what another has, at a center and at a relay. */
class ForeignersIT {

    private static final int STATUS_LENGTH = "HTTP/1.1 200".length();

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

    private static byte[] versions(String origin) {
        return Messages.write(new VersionsRequest(origin, null, null, false, null, true, null, 10));
    }

    private static byte[] content(String origin, long run, String path) {
        VersionKey key = new VersionKey(Door.BACKUP, run, FileName.parse(path));
        return Messages.write(new ContentRequest(origin, List.of(key), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {Besieged.CENTER, Besieged.RELAY})
    void nobodyAsksForWhatAnotherHasOrSendsInItsName(String where) throws Exception {
        String name = besieged.name();
        Door.Member mallory = besieged.join(where, name);
        RunInfo run = Door.run("good", 7, 0, 1, 100);
        for (String origin : List.of(
                "good",
                "good@r1",
                "good@" + name + "@r1",
                name + "@good",
                "good@" + name + "2",
                "GOOD",
                "good ",
                "good\u0000",
                "",
                "@",
                "@" + name,
                name + "@",
                "good@@" + name,
                "../good",
                "*",
                "%")) {
            for (HttpResponse<byte[]> refused : List.of(
                    mallory.post(Protocol.VERSIONS, versions(origin)),
                    mallory.post(Protocol.CONTENT, content(origin, 1, "/secret")))) {
                assertThat(refused.statusCode())
                        .as("%s: %s", origin, text(refused))
                        .isIn(400, 403);
                assertThat(text(refused)).doesNotContain("secret", "of the good");
            }
            assertThat(mallory.poll(List.of(Door.run(origin, 7, 0, 1, 100))).statusCode())
                    .as(origin)
                    .isIn(400, 403);
        }
        assertThat(Door.code(mallory.put(
                        run.id(), 0, new CraftedRun(Door.BACKUP, 7, 0).finish().bytes())))
                .isEqualTo(ErrorReply.FOREIGN);
        // What it has nothing of is empty, however it is called.
        HttpResponse<byte[]> none = mallory.post(Protocol.VERSIONS, versions(name));
        assertThat(text(none)).contains("\"last\"").doesNotContain("/secret");
        assertThat(mallory.post(Protocol.CONTENT, content(name, 1, "/secret")).statusCode())
                .isEqualTo(404);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {Besieged.CENTER, Besieged.RELAY})
    void nobodyRefersToContentThatAnotherHasSent(String where) throws Exception {
        for (String of : List.of("/secret", "/good/b/1/secret", "/own/../secret")) {
            String name = besieged.name();
            Door.Member mallory = joinWithRun(where, name);
            CraftedRun stealing = new CraftedRun(Door.BACKUP, 2, 1).same("/mine", 11, 1, of);
            HttpResponse<byte[]> refused = mallory.send(name, 2, 1, stealing.finish());
            // A relay that has handed run 1 on cannot tell what was in it; the center above can, and takes nothing of
            // it.
            if (where.equals(Besieged.CENTER)) {
                assertThat(refused.statusCode()).as("%s: %s", of, text(refused)).isBetween(400, 499);
            }
            assertThat(mallory.post(Protocol.CONTENT, content(name, 2, "/mine")).statusCode())
                    .as(of)
                    .isNotEqualTo(200);
            assertThat(besieged.files(where.equals(Besieged.CENTER) ? name : name + "@r1"))
                    .doesNotContain("/mine");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Besieged.CENTER, Besieged.RELAY})
    void aFullRunRefersToNothing(String where) throws Exception {
        String name = besieged.name();
        Door.Member mallory = joinWithRun(where, name);
        CraftedRun full = new CraftedRun(Door.BACKUP, 2, 0).same("/mine", 11, 1, "/own");
        assertThat(mallory.send(name, 2, 0, full.finish()).statusCode()).isBetween(400, 499);
        assertThat(text(mallory.post(Protocol.VERSIONS, versions(name)))).doesNotContain("/mine");
    }

    /** One who has a run 1, too, as the good one has, without the file that is secret. */
    private static Door.Member joinWithRun(String where, String name) throws Exception {
        Door.Member member = besieged.join(where, name);
        member.send(
                name, 1, 0, new CraftedRun(Door.BACKUP, 1, 0).file("/own", "x").finish());
        return member;
    }

    @Test
    void nobodyDeletesWhatAnotherHas() throws Exception {
        String name = besieged.name();
        Door.Member mallory = besieged.join(Besieged.CENTER, name);
        mallory.send(
                name, 1, 0, new CraftedRun(Door.BACKUP, 1, 0).file("/own", "x").finish());
        HttpResponse<byte[]> done = mallory.send(
                name,
                2,
                1,
                new CraftedRun(Door.BACKUP, 2, 1).gone("/secret").gone("/own").finish());
        assertThat(done.statusCode()).as(text(done)).isEqualTo(200);
        assertThat(besieged.files("good")).contains("/secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {Besieged.CENTER, Besieged.RELAY})
    void forgedIdentitiesOpenNothing(String where) throws Exception {
        String name = besieged.name();
        Door.Member real = besieged.join(where, name);
        X509Certificate ca = real.identity.ca();
        String other = where.equals(Besieged.CENTER) ? Besieged.RELAY : Besieged.CENTER;
        Door.Member elsewhere = besieged.join(other, name);
        KeyPair pair = Keys.generate();
        List<Identity> forged = List.of(
                // The same names, from an authority of its own.
                forged(name, ca),
                forged("good", ca),
                // A member of another center by the same name.
                new Identity(elsewhere.identity.key(), elsewhere.identity.certificate(), ca),
                // The authority's certificate, or that of another, with a key that is not of it.
                new Identity(pair.getPrivate(), ca, ca),
                new Identity(pair.getPrivate(), real.identity.certificate(), ca));
        for (Identity identity : forged) {
            assertRefused(where, identity, name);
        }
        assertThat(real.poll(List.of(Door.run(name, 1, 0, 1, 1))).statusCode()).isEqualTo(200);
    }

    private static Identity forged(String name, X509Certificate ca) throws IOException {
        Path own = folder.resolve(UUID.randomUUID().toString());
        CertificateAuthority authority = CertificateAuthority.open(own, Clock.systemUTC());
        try (Members members = Members.open(own)) {
            Enrolment enrolment = new Enrolment(authority, members, Clock.systemUTC());
            Token token = enrolment.invite(name, false);
            KeyPair pair = Keys.generate();
            String key = Keys.text(pair.getPublic());
            var member = enrolment.enroll(token.text(), key, Keys.prove(pair.getPrivate(), token, key));
            return new Identity(pair.getPrivate(), member.certificate(), ca);
        }
    }

    /** The connection is, or each request on it. */
    private static void assertRefused(String where, Identity identity, String name) {
        Door door = besieged.door(where);
        byte[] body = versions(name);
        String answer;
        try (SSLSocket socket = door.new Member(identity, Map.of()).socket()) {
            byte[] request = door.request("POST", Protocol.ROOT + Protocol.VERSIONS, Protocol.JSON, body);
            answer = Door.talk(socket, request, STATUS_LENGTH);
        } catch (IOException e) {
            answer = "none: " + e;
        }
        assertThat(answer).matches("(?s)HTTP/1.1 403|none: .*|");
    }

    @Test
    void aRelaySpeaksForItsOwnAlone() throws Exception {
        String name = besieged.name();
        Door.Member relay = besieged.join(Besieged.CENTER, name);
        for (String origin : List.of(
                "good",
                "good@r1",
                "x@good",
                name + "@r1",
                "x@" + name + "@r1",
                "x@r1",
                "r1",
                "x@y" + name,
                "x@" + name + "@",
                "x@" + name + " ",
                "x@" + name + "\n",
                "@" + name,
                "x@@" + name,
                "a@b@c@d@e@f@g@h@" + name,
                "y".repeat(101) + "@" + name)) {
            assertThat(relay.poll(List.of(Door.run(origin, 1, 0, 1, 1))).statusCode())
                    .as(origin)
                    .isIn(400, 403);
            assertThat(relay.post(Protocol.VERSIONS, versions(origin)).statusCode())
                    .as(origin)
                    .isIn(400, 403);
        }
        String below = "x@" + name;
        CraftedRun run = new CraftedRun(Door.BACKUP, 1, 0).file("/below", "1");
        assertThat(relay.send(below, 1, 0, run.finish()).statusCode()).isEqualTo(200);
        assertThat(besieged.files(below)).contains("/below");
        // A name that would be another's origin is given to nobody.
        for (String invited : List.of("good@r1", "'x@" + name + "'", "@", "''", "'a b'", "../good", "good")) {
            assertThat(besieged.party(Besieged.CENTER).fails("center invite " + invited))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Besieged.CENTER, Besieged.RELAY})
    void whoIsRevokedIsOutAtOnce(String where) throws Exception {
        String name = besieged.name();
        Door.Member member = besieged.join(where, name);
        CompletableFuture<HttpResponse<byte[]>> waiting = waitingPoll(where, member);
        besieged.party(where).ok("center revoke " + name);
        assertThat(waiting.get(60, TimeUnit.SECONDS).statusCode()).isIn(403, 503);
        assertOut(where, member, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {Besieged.CENTER, Besieged.RELAY})
    void whoIsReplacedIsOutAtOnce(String where) throws Exception {
        String name = besieged.name();
        Door.Member former = besieged.join(where, name);
        CompletableFuture<HttpResponse<byte[]>> waiting = waitingPoll(where, former);
        Door.Member next = besieged.door(where).join(besieged.party(where).invite(name, "--replace"));
        assertThat(waiting.get(60, TimeUnit.SECONDS).statusCode()).isIn(403, 503);
        assertOut(where, former, name);
        assertThat(next.poll(List.of(Door.run(name, 1, 0, 1, 1))).statusCode()).isEqualTo(200);
    }

    private static CompletableFuture<HttpResponse<byte[]>> waitingPoll(String where, Door.Member member) {
        CompletableFuture<HttpResponse<byte[]>> waiting = new CompletableFuture<>();
        Kill.begin(() -> {
            try {
                waiting.complete(member.poll(List.of()));
            } catch (IOException | InterruptedException | RuntimeException e) {
                waiting.completeExceptionally(e);
            }
        });
        Awaitility.await("it is heard of").atMost(60, TimeUnit.SECONDS).until(() -> besieged.party(where)
                .ok("center clients --json")
                .replaceAll("\\s", "")
                .matches(".*\"name\":\"" + member.identity.name() + "\",\"state\":\"[a-z]+\",\"heard\":\".*"));
        return waiting;
    }

    /** On the connection that is open and on others. */
    private static void assertOut(String where, Door.Member member, String name)
            throws IOException, InterruptedException {
        RunInfo run = Door.run(name, 1, 0, 1, 1);
        HttpClient fresh = Door.client(TlsContexts.of(member.identity, Clock.systemUTC()));
        byte[] poll = Messages.write(member.next(List.of(run)));
        for (HttpResponse<byte[]> refused : List.of(
                member.poll(List.of(run)),
                member.put(run.id(), 0, new byte[0]),
                member.post(Protocol.VERSIONS, versions(name)),
                member.post(Protocol.CONTENT, content(name, 1, "/x")),
                besieged.door(where).post(fresh, Protocol.POLL, poll))) {
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(Door.code(refused)).isEqualTo(ErrorReply.REVOKED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Besieged.CENTER, Besieged.RELAY})
    void whatWasSaidOnceDoesNothingWhenItIsSaidAgain(String where) throws Exception {
        String name = besieged.name();
        String text = besieged.party(where).invite(name, "");
        Door door = besieged.door(where);
        Token token = Token.parse(text).orElseThrow();
        KeyPair pair = Keys.generate();
        Door.Member member = door.join(text);
        HttpResponse<byte[]> stolen = door.enroll(token, pair);
        while (stolen.statusCode() == 503) {
            stolen = door.enroll(token, pair);
        }
        assertThat(Door.code(stolen)).isEqualTo(ErrorReply.TOKEN);

        CraftedRun run = new CraftedRun(Door.BACKUP, 1, 0).file("/once", "1").finish();
        RunInfo info = Door.run(name, 1, 0, run.count(), run.bytes().length);
        assertThat(member.send(name, 1, 0, run).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> again = member.put(info.id(), 0, run.bytes());
        assertThat(again.statusCode()).isEqualTo(409);
        byte[] poll = Messages.write(new PollRequest(UUID.randomUUID(), 5, List.of(), List.of(info), false));
        assertThat(member.post(Protocol.POLL, poll).statusCode()).isEqualTo(200);
        assertThat(member.post(Protocol.POLL, poll).statusCode()).isEqualTo(409);
        // Not even by another member.
        Door.Member mallory = besieged.join(where, besieged.name());
        assertThat(mallory.post(Protocol.POLL, poll).statusCode()).isEqualTo(403);
    }
}
